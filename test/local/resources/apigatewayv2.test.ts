import { createLocalApi, type LocalApi } from '../../../local/api-gateway/local-api';
import type { LocalRun } from '../../../local/local-run';
import { RESOURCE_TYPES } from '../../../local/resources';
import { create as createResource } from '../api-gateway/helpers/an-event-api';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:fn';

let api: LocalApi;
let run: LocalRun;
beforeEach(() => {
  api = createLocalApi();
  const spec = { name: 'fn', arn: FUNCTION };
  run = {
    ...{ api, functions: { find: (name: string) => (name === FUNCTION ? spec : undefined) } },
    cloudwatch: { filters: { connect: () => undefined } },
  } as unknown as LocalRun;
});

type Properties = Record<string, unknown>;

function create(type: string, properties: Properties, id = type): string {
  const known = RESOURCE_TYPES.get(`AWS::ApiGatewayV2::${type}`);
  if (known === undefined) throw new Error(`no ${type}`);
  return createResource(run, known, id, properties);
}

const anHttpApi = (more: Properties = {}) => create('Api', { Name: 'a', ProtocolType: 'HTTP', ...more });
const aSocketApi = (more: Properties = {}) =>
  create('Api', {
    ...{ Name: 's', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
    ...more,
  });
const anIntegration = (ApiId: string, more: Properties = {}) =>
  create('Integration', {
    ...{ ApiId, IntegrationType: 'AWS_PROXY', IntegrationUri: FUNCTION, PayloadFormatVersion: '2.0' },
    ...more,
  });
const aRoute = (ApiId: string, RouteKey: string, more: Properties = {}) =>
  create('Route', { ApiId, RouteKey, Target: `integrations/${anIntegration(ApiId)}`, ...more }, RouteKey);
const aStage = (ApiId: string, more: Properties = {}) =>
  create('Stage', { ApiId, StageName: 'live', AutoDeploy: true, ...more });

const served = (id: string, stage = 'live') => {
  const found = api.v2Api(id).stages.get(stage);
  return (
    found &&
    api
      .v2Api(id)
      .routesOf(found)
      .map(({ route }) => route.key)
  );
};

test('a stage serves the API as it is, or as it was when its deployment was made', () => {
  const id = anHttpApi();
  aRoute(id, 'GET /a');
  const DeploymentId = create('Deployment', { ApiId: id });
  aStage(id, { AutoDeploy: undefined, DeploymentId });
  expect(served(id)).toEqual(['GET /a']);
});

test.each<[string, (id: string) => unknown, string]>([
  [
    'a route that its deployment does not depend on',
    (id) => aRoute(id, 'GET /b'),
    'does not depend on GET /b',
  ],
  [
    'a response that its deployment does not depend on',
    (id) =>
      create('RouteResponse', {
        ApiId: id,
        RouteId: api.v2Api(id).routesOf(onlyStageOf(id))[0]?.route.id,
        RouteResponseKey: '$default',
      }),
    'does not depend on the response of GET /a',
  ],
])('rejects %s', (_, act, words) => {
  const id = anHttpApi();
  aRoute(id, 'GET /a');
  const DeploymentId = create('Deployment', { ApiId: id });
  aStage(id, { AutoDeploy: undefined, DeploymentId });
  expect(() => act(id)).toThrow(words);
});

const onlyStageOf = (id: string) => {
  const [stage] = api.v2Api(id).stages.values();
  if (stage === undefined) throw new Error('no stage');
  return stage;
};

describe('rejects', () => {
  test.each<[string, () => unknown, string]>([
    ['quick creation', () => anHttpApi({ Target: FUNCTION }), 'Target is not supported'],
    ['an OpenAPI body', () => anHttpApi({ Body: {} }), 'Body is not supported'],
    [
      'credentials for all origins',
      () => anHttpApi({ CorsConfiguration: { AllowOrigins: ['*'], AllowCredentials: true } }),
      'CORS with credentials for all origins',
    ],
    [
      'an HTTP API that selects its routes by something else',
      () => anHttpApi({ RouteSelectionExpression: '$request.body.action' }),
      'a route selection expression elsewhere',
    ],
    [
      'a WebSocket API that selects by nothing',
      () => aSocketApi({ RouteSelectionExpression: undefined }),
      'or none there',
    ],
    [
      'one that selects by a header',
      () => aSocketApi({ RouteSelectionExpression: '$request.header.x' }),
      'the route selection expression $request.header.x',
    ],
    ['payload format 1.0', () => anIntegration(anHttpApi(), { PayloadFormatVersion: '1.0' }), 'than 2.0'],
    [
      'a role',
      () => anIntegration(anHttpApi(), { CredentialsArn: 'arn:aws:iam::0:role/r' }),
      'CredentialsArn is not supported',
    ],
    [
      'a function of somebody else',
      () => anIntegration(anHttpApi(), { IntegrationUri: 'arn:x' }),
      'arn:x is not in this run',
    ],
    [
      'a time-out that AWS has not',
      () => anIntegration(anHttpApi(), { TimeoutInMillis: 30_001 }),
      'TimeoutInMillis',
    ],
    ['a method that AWS has not', () => aRoute(anHttpApi(), 'FETCH /a'), 'not formatted properly'],
    ['half a variable', () => aRoute(anHttpApi(), 'GET /a{id}'), 'a whole part'],
    ['a greedy variable in the middle', () => aRoute(anHttpApi(), 'GET /{a+}/b'), 'must be the last part'],
    [
      'IAM in front of a route',
      () => aRoute(anHttpApi(), 'GET /a', { AuthorizationType: 'AWS_IAM' }),
      'AuthorizationType',
    ],
    [
      'tokens without an authorizer',
      () => aRoute(anHttpApi(), 'GET /a', { AuthorizationType: 'JWT' }),
      'without an authorizer',
    ],
    [
      'scopes without tokens',
      () => aRoute(anHttpApi(), 'GET /a', { AuthorizationScopes: ['a'] }),
      'scopes without',
    ],
    ['an API key', () => aRoute(anHttpApi(), 'GET /a', { ApiKeyRequired: true }), 'ApiKeyRequired'],
    [
      'tokens at a WebSocket API',
      () => {
        const ApiId = aSocketApi();
        aRoute(ApiId, '$connect', { AuthorizationType: 'JWT', AuthorizerId: 'x' });
      },
      'authorizers of a WebSocket API',
    ],
    [
      'a stage without a deployment',
      () => aStage(anHttpApi(), { AutoDeploy: false }),
      'a stage without a deployment',
    ],
    [
      'bodies in logs',
      () => aStage(aSocketApi(), { DefaultRouteSettings: { DataTraceEnabled: true } }),
      'DataTraceEnabled',
    ],
    [
      'a log of what is not known',
      () =>
        aStage(anHttpApi(), { AccessLogSettings: { DestinationArn: 'a', Format: '$context.connectionId' } }),
      '$context.connectionId is not supported',
    ],
    [
      'an authorizer that is a function',
      () => create('Authorizer', { ApiId: anHttpApi(), AuthorizerType: 'REQUEST', IdentitySource: ['a'] }),
      'AuthorizerType',
    ],
    [
      'a token in a cookie',
      () =>
        create('Authorizer', {
          ...{ ApiId: anHttpApi(), AuthorizerType: 'JWT', IdentitySource: ['$request.cookie.token'] },
          JwtConfiguration: { Issuer: 'https://issuer.example.com/', Audience: ['a'] },
        }),
      'the identity source $request.cookie.token',
    ],
  ])('%s', (_, act, words) => {
    expect(act).toThrow(words);
  });

  test('two routes with one key, and a limit for a route that is not there', () => {
    const id = anHttpApi();
    aRoute(id, 'GET /a');
    expect(() => aRoute(id, 'GET /a')).toThrow('already exists');
    aStage(id, { RouteSettings: { 'GET /b': { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 } } });
    expect(() => served(id)).toThrow('Unable to find Route by key GET /b');
  });
});
