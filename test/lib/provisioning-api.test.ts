import { API_ROUTES, routeKeyOf } from '../../events/provisioning-api/routes';
import { grantsOf } from './helpers/statements';
import { only, type Resource, synthesize } from './helpers/synthesize';

const stacks = synthesize({ provisioningApi: { throttle: { ratePerSecond: 7, burst: 9 } } });

const resourcesOf = (type: string) =>
  Object.entries(stacks.root.findResources(type)).filter(([id]) => id.startsWith('ProvisioningApi')) as [
    string,
    Resource,
  ][];
const propertiesOf = (type: string) => resourcesOf(type).map(([, { Properties }]) => Properties);

test('takes tokens that the tenant made for it, and nothing else', () => {
  expect(only(propertiesOf('AWS::ApiGatewayV2::Authorizer'))).toMatchObject({
    AuthorizerType: 'JWT',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Issuer: 'https://acme.eu.auth0.com/', Audience: ['https://punctual/test'] },
  });
});

const always = Object.values(API_ROUTES).filter((route) => !('of' in route));

test('has every route of the contract and no other, each behind the authorizer and with its scope', () => {
  const [authorizer] = only(resourcesOf('AWS::ApiGatewayV2::Authorizer'));
  const routes = propertiesOf('AWS::ApiGatewayV2::Route');
  expect(
    Object.fromEntries(routes.map(({ RouteKey, AuthorizationScopes }) => [RouteKey, AuthorizationScopes])),
  ).toEqual(Object.fromEntries(always.map((route) => [routeKeyOf(route), [route.scope]])));
  for (const route of routes)
    expect(route).toMatchObject({ AuthorizationType: 'JWT', AuthorizerId: { Ref: authorizer } });
});

test('logs no address of a call, which names a person, and bounds how many there are', () => {
  const stage = only(propertiesOf('AWS::ApiGatewayV2::Stage'));
  expect(stage).toMatchObject({
    StageName: '$default',
    DefaultRouteSettings: { ThrottlingRateLimit: 7, ThrottlingBurstLimit: 9 },
  });
  const { Format } = stage.AccessLogSettings as { Format: string };
  expect(Format).toContain('$context.routeKey');
  expect(JSON.parse(Format).requestId).toBe('$context.requestId');
  expect(Format).not.toMatch(/\$context\.(path|identity|authorizer\.claims|authorizer\.jwt|requestTime\b)/);
});

test('has functions of its own, half of which may wait', () => {
  const { Properties } = only(resourcesOf('AWS::Lambda::Function'))[1];
  expect(Properties).toMatchObject({ ReservedConcurrentExecutions: 20, Timeout: 29 });
  const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
  expect(Variables).toMatchObject({
    ...{ SYSTEMS: 'profile,crm', MOST_WAITING: '10', CLAIM_NAMESPACE: 'https://punctual.dev/' },
    JIT_SWITCHES: '{"default":true,"connections":{}}',
    LEASE_MS: '35000',
  });
});

test('may see links, mark those of who is to be erased, and note what administrators do', () => {
  const grants = grantsOf(stacks).filter(({ policy }) => policy.startsWith('root ProvisioningApi'));
  const reached = (action: string) =>
    grants.filter((grant) => grant.action === action).map(({ resources }) => JSON.stringify(resources));
  expect([...new Set(grants.map(({ action }) => action))].toSorted()).toEqual([
    ...['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    ...['kms:Decrypt', 'kms:GenerateDataKey*'],
    ...['logs:CreateLogStream', 'logs:PutLogEvents', 'secretsmanager:GetSecretValue', 'sns:Publish'],
  ]);
  const tables = (action: string) =>
    reached(action).map((resources) => /(Audit|System|UserLink)Table/.exec(resources)?.[1]);
  expect(tables('dynamodb:UpdateItem').toSorted()).toEqual(['Audit', 'System']);
  expect(tables('dynamodb:PutItem').toSorted()).toEqual(['Audit', 'UserLink']);
  expect(reached('dynamodb:Query').map((resources) => /\/index\/\w+/.exec(resources)?.[0])).toEqual([
    undefined,
    '/index/unsettled',
  ]);
  expect(reached('secretsmanager:GetSecretValue').join()).toMatch(/PunctualSecret.*UserRefPepper/);
});

test('is not there unless somebody asked for it', () => {
  const without = synthesize({ provisioningApi: undefined });
  expect(without.root.findResources('AWS::ApiGatewayV2::Route')).not.toMatchObject(
    Object.fromEntries(resourcesOf('AWS::ApiGatewayV2::Route')),
  );
  expect(without.root.findOutputs('ProvisioningApiUrl')).toEqual({});
  expect(Object.keys(stacks.root.findOutputs('ProvisioningApiUrl'))).toHaveLength(1);
});

describe('where Auth0 may be asked', () => {
  const asking = synthesize({ provisioningApi: { management: true } });
  const SECRET = 'ProvisioningApiManagementClientSecret';

  test('an operator puts a client into a secret, which the function alone reads', () => {
    const secrets = Object.entries(asking.root.findResources('AWS::SecretsManager::Secret'));
    const [id, { Properties, DeletionPolicy }] = only(secrets.filter(([name]) => name.startsWith(SECRET)));
    expect(Properties).toMatchObject({
      GenerateSecretString: {
        GenerateStringKey: 'client_secret',
        SecretStringTemplate: '{"client_id":"replace-me"}',
      },
    });
    // Whoever put a client in would have to do so again under another id.
    expect([id, DeletionPolicy]).toEqual(['ProvisioningApiManagementClientSecret931639EB', 'Retain']);
    const readers = grantsOf(asking).filter(({ resources }) => JSON.stringify(resources).includes(id));
    expect([...new Set(readers.map(({ policy }) => policy))]).toEqual([
      expect.stringMatching(/^root ProvisioningApi/),
    ]);
    expect(asking.root.findOutputs('ManagementSecretArn')).toMatchObject({
      ManagementSecretArn: { Value: { Ref: id } },
    });
  });

  test('the function knows where the client is and what may leave Auth0; without it, neither', () => {
    const variables = (template: typeof asking) =>
      JSON.stringify(template.root.findResources('AWS::Lambda::Function'));
    expect(variables(asking)).toContain('"EMITTED_ATTRIBUTES":"[]"');
    expect(variables(asking)).toContain('MANAGEMENT_SECRET_ARN');
    expect(variables(stacks)).not.toMatch(/EMITTED_ATTRIBUTES|MANAGEMENT_SECRET_ARN/);
    expect(stacks.root.findOutputs('ManagementSecretArn')).toEqual({});
  });
});
