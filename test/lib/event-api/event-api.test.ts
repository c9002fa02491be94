import { validate } from '../helpers/draft-04';
import { only, type Resource, synthesize } from '../helpers/synthesize';

const stacks = synthesize();
const { root } = stacks;

interface Method {
  readonly HttpMethod: string;
  readonly ApiKeyRequired: boolean;
  readonly AuthorizationType: string;
  readonly RequestParameters: Record<string, boolean>;
  readonly RequestModels?: Record<string, unknown>;
  readonly RequestValidatorId: { Ref: string };
  readonly Integration: {
    readonly PassthroughBehavior: string;
    readonly TimeoutInMillis: number;
    readonly RequestParameters: Record<string, string>;
    readonly RequestTemplates: Record<string, string>;
    readonly IntegrationResponses: readonly {
      readonly StatusCode: string;
      readonly SelectionPattern?: string;
      readonly ResponseTemplates: Record<string, string>;
    }[];
  };
}

function methodOf(httpMethod: string, template = root): Method {
  const found = template.findResources('AWS::ApiGateway::Method', { Properties: { HttpMethod: httpMethod } });
  return (only(found) as Resource).Properties as unknown as Method;
}

const requiredOf = ({ RequestParameters }: Method) =>
  Object.keys(RequestParameters).filter((name) => RequestParameters[name]);

const WEBHOOK_HEADERS = [
  'method.request.header.webhook-id',
  'method.request.header.webhook-timestamp',
  'method.request.header.webhook-signature',
];

describe.each(['POST', 'GET'])('%s', (httpMethod) => {
  const method = methodOf(httpMethod);

  test('asks for the API key, and for the three headers of the signature', () => {
    expect(method).toMatchObject({ ApiKeyRequired: true, AuthorizationType: 'NONE' });
    expect(requiredOf(method)).toEqual(expect.arrayContaining(WEBHOOK_HEADERS));
  });

  test('publishes to SNS as a form, within five seconds, and lets nothing through unseen', () => {
    expect(method.Integration).toMatchObject({
      Type: 'AWS',
      IntegrationHttpMethod: 'POST',
      PassthroughBehavior: 'NEVER',
      TimeoutInMillis: 5_000,
      RequestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
    });
    expect(JSON.stringify(method.Integration)).toMatch(/:sns:path\/\//);
  });

  test('says 202 for a 2xx of SNS and for nothing else', () => {
    const responses = method.Integration.IntegrationResponses;
    const answerTo = (status: string) => {
      const matching = responses.find(
        ({ SelectionPattern }) => SelectionPattern && new RegExp(`^(?:${SelectionPattern})$`).test(status),
      );
      return (matching ?? responses.find(({ SelectionPattern }) => SelectionPattern === undefined))
        ?.StatusCode;
    };
    expect(['200', '202'].map(answerTo)).toEqual(['202', '202']);
    expect(['400', '403', '404', '429'].map(answerTo)).toEqual(['502', '502', '502', '502']);
    expect(['500', '503'].map(answerTo)).toEqual(['503', '503']);
    expect(['100', '301', '600', ''].map(answerTo)).toEqual(['502', '502', '502', '502']);
    // API Gateway keeps one response per status code.
    expect(responses.map(({ StatusCode }) => StatusCode).toSorted()).toEqual(['202', '502', '503']);
  });
});

test('POST takes two media types, with one model for both', () => {
  const { RequestModels, Integration } = methodOf('POST');
  const mediaTypes = ['application/json', 'application/cloudevents+json'];
  expect(Object.keys(RequestModels ?? {})).toEqual(mediaTypes);
  expect(Object.keys(Integration.RequestTemplates)).toEqual(mediaTypes);
  expect(new Set(Object.values(RequestModels ?? {}).map((model) => JSON.stringify(model))).size).toBe(1);
});

test('GET needs a message, and knows topic and subject', () => {
  expect(methodOf('GET').RequestParameters).toMatchObject({
    'method.request.querystring.message': true,
    'method.request.querystring.topic': false,
    'method.request.querystring.subject': false,
  });
});

test('parameters are validated on both methods, the body on POST', () => {
  const validatorOf = (method: Method) =>
    (root.findResources('AWS::ApiGateway::RequestValidator')[method.RequestValidatorId.Ref] as Resource)
      .Properties;
  expect(validatorOf(methodOf('POST'))).toMatchObject({
    ValidateRequestBody: true,
    ValidateRequestParameters: true,
  });
  expect(validatorOf(methodOf('GET'))).toMatchObject({ ValidateRequestParameters: true });
});

describe('the model', () => {
  const model = only(root.findResources('AWS::ApiGateway::Model')) as Resource;
  const EVENT = {
    specversion: '1.0',
    id: 'e',
    source: 's',
    type: 'user.registered',
    time: '2026-11-20T09:30:00Z',
    data: { user: { user_id: 'auth0|1' } },
  };

  test('is the schema of an event in the draft that API Gateway reads', () => {
    expect(model.Properties.Schema).toMatchObject({ $schema: 'http://json-schema.org/draft-04/schema#' });
    expect(validate(model.Properties.Schema, EVENT)).toBe(true);
  });

  test.each([
    ['a user without user_id', { ...EVENT, data: { user: {} } }],
    ['a type that could not be an attribute', { ...EVENT, type: 'user registered' }],
    ['an endless id', { ...EVENT, id: 'x'.repeat(257) }],
    ['a list', [EVENT]],
  ])('rejects %s', (_, event) => {
    expect(validate(model.Properties.Schema, event)).toBe(false);
  });
});

describe('answers of API Gateway itself', () => {
  const responses = Object.values(root.findResources('AWS::ApiGateway::GatewayResponse')) as Resource[];
  const answers = Object.fromEntries(
    responses.map(({ Properties }) => [Properties.ResponseType, Properties]),
  );

  test.each([
    ['BAD_REQUEST_BODY', '400', 'invalid-body'],
    ['BAD_REQUEST_PARAMETERS', '400', 'missing-parameter'],
    ['INVALID_API_KEY', '403', 'forbidden'],
    ['UNSUPPORTED_MEDIA_TYPE', '415', 'unsupported-media-type'],
    ['REQUEST_TOO_LARGE', '413', 'too-large'],
    ['THROTTLED', '429', 'throttled'],
    ['QUOTA_EXCEEDED', '429', 'throttled'],
    ['INTEGRATION_TIMEOUT', '503', 'unavailable'],
    ['DEFAULT_5XX', '502', 'upstream-failed'],
  ])('%s is %s %s', (type, status, code) => {
    expect(answers[type]).toMatchObject({ StatusCode: status });
    expect(answers[type]?.ResponseTemplates).toEqual({
      'application/json': expect.stringContaining(`{"code":"${code}","message":`),
    });
  });

  test('are JSON with code, message and request id, and repeat nothing that the caller sent', () => {
    for (const { Properties } of responses) {
      const template = (Properties.ResponseTemplates as Record<string, string>)['application/json'] ?? '';
      const text = template.replace('$context.error.messageString', '"words"');
      expect(Object.keys(JSON.parse(text))).toEqual(['code', 'message', 'requestId']);
      expect(template).toContain('"requestId":"$context.extendedRequestId"');
      expect(template).not.toMatch(/validationErrorString|\$context\.error\.message\b/);
    }
  });

  test('are part of the deployment, as are the model and the validators', () => {
    const deployment = only(root.findResources('AWS::ApiGateway::Deployment')) as Resource;
    const parts = ['GatewayResponse', 'Model', 'RequestValidator', 'Method', 'Resource'].flatMap((type) =>
      Object.keys(root.findResources(`AWS::ApiGateway::${type}`)),
    );
    expect(deployment.DependsOn?.toSorted()).toEqual(parts.toSorted());
  });
});

describe('the stage', () => {
  const stage = only(root.findResources('AWS::ApiGateway::Stage')) as Resource;
  const { Format } = stage.Properties.AccessLogSetting as { Format: string };

  test('is v1, knows the topic, and waits for the role that publishes', () => {
    expect(stage.Properties).toMatchObject({
      StageName: 'v1',
      Variables: { eventTopicArn: expect.anything() },
    });
    expect(stage.DependsOn).toContainEqual(expect.stringContaining('PublishRoleDefaultPolicy'));
  });

  test('logs each call as one line of JSON with ids, status and times', () => {
    expect(Object.keys(JSON.parse(Format))).toEqual(
      expect.arrayContaining(['requestId', 'apiKeyId', 'status', 'latencyMs', 'integrationStatus']),
    );
    expect(JSON.parse(Format).requestId).toBe('$context.extendedRequestId');
    expect(Format).not.toContain('$context.requestId');
  });

  test('logs neither the value of the key nor a path, a query string or a body', () => {
    expect(Format).not.toMatch(
      /identity\.apiKey"|\$context\.path|querystring|requestOverride|protocol|body/i,
    );
  });

  test('logs errors of the execution, and never the data', () => {
    expect(stage.Properties.MethodSettings).toEqual([
      expect.objectContaining({
        LoggingLevel: 'ERROR',
        DataTraceEnabled: false,
        ThrottlingRateLimit: 500,
        ThrottlingBurstLimit: 1_000,
      }),
    ]);
  });
});

describe('configuration', () => {
  const configured = synthesize({
    apiLogRole: 'existing',
    api: { endpoint: 'edge', throttle: { ratePerSecond: 7, burst: 9 }, quota: { limit: 100, period: 'DAY' } },
  });
  const unsigned = synthesize({ plainInterface: { unsigned: true } });

  test('throttle and quota reach stage and usage plan', () => {
    configured.root.hasResourceProperties('AWS::ApiGateway::UsagePlan', {
      Throttle: { RateLimit: 7, BurstLimit: 9 },
      Quota: { Limit: 100, Period: 'DAY' },
    });
    const stage = only(configured.root.findResources('AWS::ApiGateway::Stage')) as Resource;
    expect(stage.Properties.MethodSettings).toEqual([
      expect.objectContaining({ ThrottlingRateLimit: 7, ThrottlingBurstLimit: 9 }),
    ]);
  });

  test('the endpoint is regional by default, and edge when asked for', () => {
    const endpointOf = (template: typeof root) =>
      (only(template.findResources('AWS::ApiGateway::RestApi')) as Resource).Properties.EndpointConfiguration;
    expect(endpointOf(root)).toEqual({ Types: ['REGIONAL'] });
    expect(endpointOf(configured.root)).toEqual({ Types: ['EDGE'] });
  });

  test('the role that API Gateway logs with is made, unless there is one', () => {
    const rolesOf = (template: typeof root) =>
      Object.keys(template.findResources('AWS::IAM::Role')).filter((id) => id.includes('CloudWatchRole'));
    root.resourceCountIs('AWS::ApiGateway::Account', 1);
    expect(rolesOf(root)).toHaveLength(1);
    configured.root.resourceCountIs('AWS::ApiGateway::Account', 0);
    expect(rolesOf(configured.root)).toEqual([]);
  });

  test('in an account without that role, it is there before the stage that logs with it', () => {
    const [[account] = []] = Object.entries(root.findResources('AWS::ApiGateway::Account'));
    const stage = only(root.findResources('AWS::ApiGateway::Stage')) as Resource;
    expect(stage.DependsOn).toContain(account);
    const { Properties } = only(root.findResources('AWS::ApiGateway::Account')) as Resource;
    expect(JSON.stringify(Properties.CloudWatchRoleArn)).toContain('CloudWatchRole');
  });

  test('that role outlives even a throw-away stack, because all APIs of the account log with it', () => {
    const ephemeral = synthesize({ ephemeral: true }).root;
    const [[, role] = []] = Object.entries(ephemeral.findResources('AWS::IAM::Role')).filter(([id]) =>
      id.includes('CloudWatchRole'),
    );
    for (const kept of [role, only(ephemeral.findResources('AWS::ApiGateway::Account'))] as Resource[]) {
      expect([kept.DeletionPolicy, kept.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    }
  });

  test('unsigned calls are for GET alone, workers know of them, and synth warns', () => {
    expect(requiredOf(methodOf('GET', unsigned.root))).toEqual(['method.request.querystring.message']);
    expect(requiredOf(methodOf('POST', unsigned.root))).toEqual(WEBHOOK_HEADERS);
    expect(unsigned.warnings).toEqual([expect.stringContaining('plainInterface.unsigned is true')]);
    const worker = only(unsigned.systems.crm?.findResources('AWS::Lambda::Function') ?? {}) as Resource;
    expect(worker.Properties.Environment).toMatchObject({ Variables: { PLAIN_INTERFACE_UNSIGNED: 'true' } });
  });

  test('whatever changes the API makes a new deployment', () => {
    const deploymentOf = (template: typeof root) =>
      only(Object.keys(template.findResources('AWS::ApiGateway::Deployment')));
    expect(deploymentOf(unsigned.root)).not.toBe(deploymentOf(root));
  });
});
