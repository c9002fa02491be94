import { only, type Resource, synthesize, TWO_SYSTEMS } from './helpers/synthesize';

describe('a connector', () => {
  const stacks = synthesize();
  const functionOf = (system: keyof typeof TWO_SYSTEMS) =>
    only(stacks.systems[system]?.findResources('AWS::Lambda::Function') ?? {}) as Resource;

  test('says whom it serves, for those who run the template elsewhere', () => {
    expect(functionOf('crm').Metadata?.['punctual:system']).toEqual({ name: 'crm', kind: 'scim' });
    expect(functionOf('profile').Metadata?.['punctual:system']).toEqual({ name: 'profile', kind: 'profile' });
  });

  test('knows its environment, its times and its queues', () => {
    const { Variables } = functionOf('crm').Properties.Environment as { Variables: object };
    expect(Variables).toMatchObject({
      PUNCTUAL_ENVIRONMENT: 'test',
      AUTH0_TENANT: 'acme.eu.auth0.com',
      SYSTEM: 'crm',
      PLAIN_INTERFACE_UNSIGNED: 'false',
      REQUEST_TIMEOUT_MS: '5000',
      LEASE_MS: '100000',
      SETTLE_MS: '15000',
      RETRY_BASE_MS: '1000',
      RETRY_CAP_MS: '900000',
      RETRY_HORIZON_MS: '86400000',
      RETRY_MIN_ATTEMPTS: '5',
      LEAVE_ENDING: 'delete',
      LEAVE_AFTER_MS: '900000',
      LEAVE_GRACE_MS: '2592000000',
      DELETION_THRESHOLD: '100',
      DELETION_WINDOW_MS: '86400000',
      SCIM_BASE_URL: 'https://crm.example.com/scim/v2',
    });
    for (const name of [
      'SOURCE_QUEUE_URL',
      'DEAD_LETTER_QUEUE_URL',
      'QUARANTINE_QUEUE_URL',
      'USER_LINK_TABLE_NAME',
      'SYSTEM_TABLE_NAME',
      'SIGNING_SECRET_ARN',
      'EVENT_STREAM_SECRET_ARN',
      'PUNCTUAL_SECRET_ARN',
      'USER_REF_PEPPER_ARN',
      'SCIM_TOKEN_SECRET_ARN',
    ]) {
      expect(Variables).toHaveProperty(name);
    }
  });

  test('of kind profile knows its table, its attributes and its defaults', () => {
    const { Variables } = functionOf('profile').Properties.Environment as { Variables: object };
    expect(Variables).toMatchObject({
      MAPPING: '[{"to":"username","from":["username"]}]',
      PROFILE_DEFAULTS: '{"categories":[]}',
      PROFILE_TABLE_NAME: expect.anything(),
    });
    expect(Variables).not.toHaveProperty('SCIM_BASE_URL');
  });

  test('knows which connections bring accounts, where not all of them do', () => {
    expect(functionOf('crm').Properties.Environment).not.toHaveProperty('Variables.JIT_RULE');
    const { systems } = synthesize({}, TWO_SYSTEMS, { jit: { connections: { github: ['profile'] } } });
    const workerOf = (name: string) =>
      only(systems[name]?.findResources('AWS::Lambda::Function') ?? {}) as Resource;
    expect(workerOf('crm').Properties.Environment).toMatchObject({
      Variables: { JIT_RULE: '{"default":true,"except":["github"]}' },
    });
    expect(workerOf('profile').Properties.Environment).not.toHaveProperty('Variables.JIT_RULE');
  });

  test('of kind scim knows where its tokens come from, and the client from a secret alone', () => {
    const auth = {
      ...({ kind: 'client-credentials', tokenUrl: 'https://idp.example.com/token' } as const),
      ...({ scope: 'users', audience: 'https://crm', authMethod: 'post' } as const),
    };
    const dialect = { patch: 'put' } as const;
    const crm = { kind: 'scim', baseUrl: 'https://crm.example.com', auth, dialect } as const;
    const stack = synthesize({}, { ...TWO_SYSTEMS, crm }).systems.crm;
    const worker = only(stack?.findResources('AWS::Lambda::Function') ?? {}) as Resource;
    const { Variables } = worker.Properties.Environment as { Variables: Record<string, string> };
    const { kind: _kind, ...endpoint } = auth;
    expect(JSON.parse(Variables.SCIM_TOKEN_ENDPOINT ?? '')).toEqual(endpoint);
    expect(JSON.parse(Variables.SCIM_DIALECT ?? '')).toMatchObject({ patch: 'put', filter: 'any' });
    expect(Variables).toHaveProperty('SCIM_CLIENT_SECRET_ARN');
    expect(Variables).not.toHaveProperty('SCIM_TOKEN_SECRET_ARN');
    stack?.hasResourceProperties('AWS::SecretsManager::Secret', {
      GenerateSecretString: {
        SecretStringTemplate: '{"client_id":"replace-me"}',
        GenerateStringKey: 'client_secret',
      },
    });
    // Reads, puts: five calls, two more for whole accounts, three for tokens.
    expect(worker.Properties.Timeout).toBe(55);
  });

  const slow = synthesize(
    {},
    { crm: { kind: 'scim', baseUrl: 'https://crm.example.com', timeouts: { requestSeconds: 20 } } },
  );

  test('lives no longer than its lease, and its messages stay away for six of its lives', () => {
    const worker = only(slow.systems.crm?.findResources('AWS::Lambda::Function') ?? {}) as Resource;
    expect(worker.Properties.Timeout).toBe(105);
    expect(worker.Properties.Environment).toMatchObject({ Variables: { LEASE_MS: '175000' } });
    slow.systems.crm?.hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: 630 });
  });
});

describe('a retired system', () => {
  const crm = { kind: 'scim', baseUrl: 'https://crm.example.com', state: 'retired' } as const;
  const stacks = synthesize({}, { ...TWO_SYSTEMS, crm });

  test('takes nothing new, and still works its queue off', () => {
    stacks.systems.crm?.resourceCountIs('AWS::SNS::Subscription', 0);
    stacks.systems.crm?.resourceCountIs('AWS::Lambda::EventSourceMapping', 1);
  });

  test('is a stranger to the quarantine: what is meant for it is kept there', () => {
    const quarantine = stacks.root.findResources('AWS::SNS::Subscription', {
      Properties: { Protocol: 'sqs' },
    });
    expect(JSON.stringify(only(quarantine))).toContain('{"system":[{"anything-but":["profile"]}]}');
  });
});
