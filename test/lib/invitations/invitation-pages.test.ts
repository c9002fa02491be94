import { grantsOf } from '../helpers/statements';
import { only, type Resource, synthesize } from '../helpers/synthesize';

const stacks = synthesize({
  domains: ['login.acme.com'],
  provisioningApi: { issuer: 'https://login.acme.com/', audience: 'https://api.acme.com' },
  invitations: {
    ...{ from: 'hello@acme.com', client: 'accept', throttle: { ratePerSecond: 20, burst: 30 } },
    applications: {
      shop: { clientId: 'shop', loginUri: 'https://shop.acme.com/login', label: 'Acme Shop' },
      admin: { clientId: 'admin', loginUri: 'https://admin.acme.com/login' },
    },
  },
});
const all = (type: string) => Object.entries(stacks.root.findResources(type)) as [string, Resource][];
const ours = (type: string) => all(type).filter(([id]) => id.startsWith('InvitationPages'));

test('there are five routes for people and one for the Action, and each call is limited', () => {
  const keys = ours('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties.RouteKey);
  expect(keys.toSorted()).toEqual([
    ...['GET /', 'GET /accept', 'GET /callback', 'GET /progress', 'POST /confirm', 'POST /redemption'],
  ]);
  const [, { Properties }] = only(ours('AWS::ApiGatewayV2::Stage'));
  expect(Properties.DefaultRouteSettings).toMatchObject({
    ThrottlingRateLimit: 20,
    ThrottlingBurstLimit: 30,
  });
});

test('no log line holds a path, a query, an address or a token', () => {
  const [, { Properties }] = only(ours('AWS::ApiGatewayV2::Stage'));
  const { Format } = Properties.AccessLogSettings as { Format: string };
  expect(Format).not.toMatch(/path|query|sourceIp|userAgent|authorizer|header/i);
  expect(JSON.parse(Format).requestId).toBe('$context.requestId');
  expect(Properties.DefaultRouteSettings).not.toHaveProperty('DataTraceEnabled');
});

test('the function knows where people log in and land, in less than it may know', () => {
  const [, { Properties }] = only(ours('AWS::Lambda::Function'));
  const { Variables } = Properties.Environment as { Variables: Record<string, string> };
  expect(Variables).toMatchObject({
    ...{ INVITATION_CLIENT_ID: 'accept', TOKEN_ISSUER: 'login.acme.com', GRANTING_SYSTEM: 'auth0' },
    ...{ LOGIN_ORIGIN: 'https://login.acme.com', API_AUDIENCE: 'https://api.acme.com' },
  });
  expect(JSON.parse(Variables.LANDING_APPLICATIONS ?? '')).toEqual({
    shop: { label: 'Acme Shop', loginUri: 'https://shop.acme.com/login' },
    admin: { label: 'admin', loginUri: 'https://admin.acme.com/login' },
  });
  expect(JSON.stringify(Variables).length).toBeLessThan(3_500);
});

test('rejects more applications than the environment of a function can hold', () => {
  const many = Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [
      `application-${index}`,
      { clientId: 'shop', loginUri: `https://shop.acme.com/${'a'.repeat(200)}` },
    ]),
  );
  const invitations = { from: 'hello@acme.com', client: 'accept', applications: many };
  expect(() => synthesize({ invitations })).toThrow(/2000 bytes at most/);
});

test('the function may change invitations one by one, look at links, publish, and nothing else', () => {
  const grants = grantsOf(stacks).filter(({ policy }) => policy.startsWith('root InvitationPages'));
  const by = (action: string) =>
    JSON.stringify(grants.filter((grant) => grant.action === action).flatMap(({ resources }) => resources));
  expect([...new Set(grants.map(({ action }) => action))].toSorted()).toEqual([
    ...['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem', 'kms:Decrypt'],
    ...['kms:GenerateDataKey*', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    ...['secretsmanager:GetSecretValue', 'sns:Publish'],
  ]);
  for (const action of ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem']) {
    expect(by(action)).toContain('InvitationsTable');
    expect(by(action)).not.toContain('UserLinkTable');
  }
  expect(by('dynamodb:Query')).not.toContain('InvitationsTable');
  expect(by('secretsmanager:GetSecretValue')).not.toMatch(/EventStreamSecret|StatusSecret|ManagementClient/);
});

test('is not there where nobody is invited', () => {
  const { root } = synthesize();
  expect(JSON.stringify(root.toJSON())).not.toContain('InvitationPages');
});
