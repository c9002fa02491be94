import { grantsOf } from '../helpers/statements';
import { only, type Resource, synthesize } from '../helpers/synthesize';

const crm = { kind: 'scim', baseUrl: 'https://crm.example.com/scim/v2' } as const;
const stacks = synthesize({ statusApi: { throttle: { ratePerSecond: 40, burst: 80 } } }, { crm });
const all = (type: string) => Object.entries(stacks.root.findResources(type)) as [string, Resource][];
const ours = (type: string) => all(type).filter(([id]) => id.startsWith('StatusApi'));
const stages = ours('AWS::ApiGatewayV2::Stage');
const environmentOf = (id: string) => {
  const found = all('AWS::Lambda::Function').find(([name]) => name.startsWith(id)) as [string, Resource];
  return (found[1].Properties.Environment as { Variables: Record<string, unknown> }).Variables;
};

test('there are three routes for pages and the Action, and two for sockets', () => {
  const keys = ours('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties.RouteKey);
  expect(keys.toSorted()).toEqual(['$connect', 'ANY /', 'POST /readiness', 'POST /snapshot', 'snapshot']);
  stacks.root.hasResourceProperties('AWS::ApiGatewayV2::Api', {
    ProtocolType: 'WEBSOCKET',
    RouteSelectionExpression: '$request.body.action',
  });
});

test('every call is limited, and so is what the projection pushes', () => {
  expect(stages).toHaveLength(2);
  for (const [, { Properties }] of stages) {
    expect(Properties.DefaultRouteSettings).toMatchObject({
      ThrottlingRateLimit: 40,
      ThrottlingBurstLimit: 80,
    });
  }
  expect(environmentOf('StatusProjection').PUSHES_PER_SECOND).toBe('10');
});

test('each route of the page has a limit of its own, and is there before it', () => {
  const [, pages] = stages.find(([id]) => !id.includes('Socket')) ?? [];
  const limit = { ThrottlingRateLimit: 40, ThrottlingBurstLimit: 80 };
  expect(pages?.Properties.RouteSettings).toEqual({
    ...{ 'ANY /': limit, 'POST /snapshot': limit, 'POST /readiness': limit },
  });
  const routes = ours('AWS::ApiGatewayV2::Route').filter(([id]) => id.includes('Pages'));
  for (const [id] of routes) expect(pages?.DependsOn).toContain(id);
});

test('as configured by default, pages and pushes leave the event API its rate, in a small region too', () => {
  const { root } = synthesize();
  const rates = Object.values(root.findResources('AWS::ApiGatewayV2::Stage')).flatMap(({ Properties }) =>
    Object.values<{ ThrottlingRateLimit: number }>(
      Properties.RouteSettings ?? [Properties.DefaultRouteSettings],
    ).map(({ ThrottlingRateLimit }) => ThrottlingRateLimit),
  );
  const pushes =
    4 *
    Number(
      Object.values(root.findResources('AWS::Lambda::Function'))
        .map(({ Properties }) => Properties.Environment.Variables.PUSHES_PER_SECOND)
        .find(Boolean),
    );
  const [events] = Object.values(root.findResources('AWS::ApiGateway::Stage')).map(
    ({ Properties }) => Properties.MethodSettings[0].ThrottlingRateLimit as number,
  );
  expect([...rates, pushes, events].reduce((sum, rate = 0) => Number(sum) + rate, 0)).toBeLessThan(2_500);
});

test('no log line holds a path, a query, an address or a token', () => {
  for (const [, { Properties }] of stages) {
    const { Format } = Properties.AccessLogSettings as { Format: string };
    expect(Format).not.toMatch(/path|query|sourceIp|userAgent|authorizer|header|connectionId/i);
    expect(JSON.parse(Format)).toMatchObject({ route: '$context.routeKey', status: '$context.status' });
    // "The format must include at least $context.requestId": API Gateway makes no stage without.
    expect(JSON.parse(Format).requestId).toBe('$context.requestId');
    // An execution log may hold what was sent.
    expect(Properties.DefaultRouteSettings).not.toHaveProperty('DataTraceEnabled');
    expect(Properties.DefaultRouteSettings).not.toHaveProperty('LoggingLevel');
  }
});

test('the socket logs by the role of the account, which is there before', () => {
  const [, socket] = stages.find(([id]) => id.includes('Socket')) ?? [];
  const [account] = all('AWS::ApiGateway::Account').map(([id]) => id);
  expect(socket?.DependsOn).toContain(account);
});

test('the function may read the links of a person, note who listens and send to sockets, and nothing else', () => {
  const grants = grantsOf(stacks).filter(({ policy }) => policy.startsWith('root StatusApi'));
  const by = (action: string) =>
    JSON.stringify(grants.filter((grant) => grant.action === action).flatMap(({ resources }) => resources));
  expect([...new Set(grants.map(({ action }) => action))].toSorted()).toEqual([
    ...['dynamodb:PutItem', 'dynamodb:Query', 'execute-api:ManageConnections', 'kms:Decrypt'],
    ...['logs:CreateLogStream', 'logs:PutLogEvents', 'secretsmanager:GetSecretValue'],
  ]);
  expect(by('dynamodb:PutItem')).toContain('StatusApiConnections');
  expect(by('dynamodb:PutItem')).not.toContain('UserLinkTable');
  expect(by('dynamodb:Query')).toContain('UserLinkTable');
  expect(by('secretsmanager:GetSecretValue')).not.toMatch(/EventStreamSecret|PunctualSecret/);
  expect(by('execute-api:ManageConnections')).toContain('/live/POST/@connections/*');
});

test('is in every stack, also where no system is required, and says where it is', () => {
  const outputs = Object.keys(stacks.root.findOutputs('*'));
  expect(outputs).toEqual(
    expect.arrayContaining(['StatusPageUrl', 'StatusSocketUrl', 'StatusSecretArn', 'ReturnSecretArn']),
  );
});

test('the open sockets are encrypted by our key, forgotten in time, and gone with the stack', () => {
  const table = only(all('AWS::DynamoDB::GlobalTable').filter(([id]) => id.startsWith('StatusApi')))[1];
  expect(table).toMatchObject({
    DeletionPolicy: 'Delete',
    Properties: {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      Replicas: [{ DeletionProtectionEnabled: false }],
    },
  });
  expect(table.Properties).not.toHaveProperty('StreamSpecification');
});
