import { deployActions } from '../../../cli/actions/deploy';
import { TRIGGERS } from '../../../local/auth0/management-api/triggers';
import { ATenant, aBuiltAction, DOMAIN, TRIGGER } from './helpers/a-tenant';

let tenant: ATenant;

beforeEach(async () => {
  tenant = await new ATenant().start();
});
afterEach(() => tenant.close());

const deploy = (built = aBuiltAction()) =>
  deployActions({ dryRun: false, adopt: false }, tenant.deps, [built]);

async function failure(built = aBuiltAction()): Promise<{ code: string; message: string; hint: string }> {
  return deploy(built).then(
    () => Promise.reject(new Error('It did not fail')),
    (error) => error,
  );
}

async function withTriggers(triggers: typeof TRIGGERS): Promise<void> {
  await tenant.close();
  tenant = await new ATenant({ triggers }).start();
}

describe('fails in one line with a code', () => {
  test.each(['read:actions', 'create:actions', 'update:actions'])(
    'without the scope %s, which it names',
    async (scope) => {
      tenant.scopes = ['read:users', ...tenant.scopes.filter((one) => one !== scope)];
      const { code, message, hint } = await failure();
      expect({ code, message }).toEqual({
        code: 'missing-scope',
        message: `The application lacks the scope ${scope}`,
      });
      expect(hint).toContain(scope);
    },
  );

  test('with a wrong secret of the client', async () => {
    tenant.environment.AUTH0_CLIENT_SECRET = 'wrong';
    expect((await failure()).code).toBe('bad-client-credentials');
  });

  test('without credentials of a client', async () => {
    tenant.environment = {};
    expect((await failure()).message).toBe('AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET are not set');
  });

  test('with an application that was not authorized for the Management API', async () => {
    tenant.scopes = [];
    expect((await failure()).code).toBe('no-client-grant');
  });

  test('with a domain of another tenant than that of the stack', async () => {
    tenant.environment.AUTH0_DOMAIN = 'other.eu.auth0.com';
    expect(await failure()).toMatchObject({
      code: 'wrong-domain',
      message: `UserProvisioning-dev provisions for ${DOMAIN}, and AUTH0_DOMAIN is other.eu.auth0.com`,
    });
    expect(tenant.calls).toEqual([]);
  });

  test('with an address instead of a domain', async () => {
    tenant.environment.AUTH0_DOMAIN = `https://${DOMAIN}/`;
    expect(await failure()).toMatchObject({ code: 'usage', exitCode: 2 });
  });

  test.each([
    ['that Auth0 does not know', 'nobody.eu.auth0.com'],
    ['that has no address', 'nobody.invalid'],
  ])('with a tenant %s', async (_, domain) => {
    tenant.values.Auth0Tenant = domain;
    expect(await failure()).toMatchObject({
      code: 'tenant-not-found',
      message: `There is no tenant ${domain}`,
    });
  });

  test('when nobody answers', async () => {
    await tenant.close();
    expect((await failure()).code).toBe('unreachable');
  });

  test('with code over the limit, before anything is written', async () => {
    const { code, message } = await failure(aBuiltAction('x'.repeat(100_000)));
    expect(code).toBe('code-too-large');
    expect(message).toMatch(/^punctual-post-user-registration has 100\d{3} bytes, and Auth0 takes 100000/);
    expect(tenant.ours()).toBeUndefined();
  });

  test('in a tenant without the trigger', async () => {
    await withTriggers(TRIGGERS.filter(({ id }) => id !== TRIGGER));
    expect(await failure()).toMatchObject({
      code: 'trigger-missing',
      message: `${DOMAIN} has no trigger ${TRIGGER}`,
    });
  });

  test('in a tenant with another version of the trigger', async () => {
    await withTriggers(
      TRIGGERS.map((one) => (one.version === 'v2' && one.id === TRIGGER ? { ...one, version: 'v3' } : one)),
    );
    expect(await failure()).toMatchObject({
      code: 'trigger-version',
      message: `The Action is written for ${TRIGGER} v2, and ${DOMAIN} has v3`,
    });
  });

  test('in a tenant where the version is no longer the current one', async () => {
    const [other, v2] = [TRIGGERS[0], TRIGGERS.find(({ id, version }) => id === TRIGGER && version === 'v2')];
    if (other === undefined || v2 === undefined) throw new Error('There is no such trigger');
    await withTriggers([
      { ...v2, status: 'DEPRECATED' },
      { ...v2, version: 'v3' },
    ]);
    expect(await failure()).toMatchObject({
      code: 'trigger-version',
      message: expect.stringContaining('has v3'),
    });
  });

  test('in a tenant that does not offer the runtime', async () => {
    await withTriggers(TRIGGERS.map((one) => ({ ...one, runtimes: ['node24'] })));
    expect(await failure()).toMatchObject({
      code: 'runtime-not-offered',
      message: `${DOMAIN} does not run node22 for ${TRIGGER} v2, only node24`,
    });
  });

  test('when Auth0 takes no more calls for longer than anybody waits', async () => {
    const { deps } = tenant;
    const answer = () => Response.json({ statusCode: 429, errorCode: 'too_many_requests' }, { status: 429 });
    const fetch: typeof globalThis.fetch = async (input, init) =>
      String(input).includes('/api/v2/') ? answer() : deps.fetch(input, init);
    const failing = deployActions({ dryRun: false, adopt: false }, { ...deps, fetch }, [aBuiltAction()]);
    await expect(failing).rejects.toMatchObject({ code: 'rate-limited' });
    const waited = tenant.waits.reduce((sum, wait) => sum + wait, 0);
    expect(waited).toBeGreaterThan(20_000);
    expect(waited).toBeLessThanOrEqual(60_000);
  });

  test('when a trigger has no room left', async () => {
    for (let index = 0; index < 18; index++) tenant.addAction(`More ${index}`);
    const before = tenant.foreign();
    expect((await failure()).code).toBe('binding-limit');
    expect(tenant.foreign()).toBe(before);
  });

  test('when the stack has secrets that the Action would refuse', async () => {
    tenant.values.EventApiUrl = 'http://plain.example.com/';
    expect((await failure()).code).toBe('bad-url');
    tenant.values.EventApiUrl = 'https://x.example.com/';
    tenant.signingSecret = '{"keys":';
    const { code, message } = await failure();
    expect({ code, message }).toMatchObject({ code: 'bad-signing-secret' });
    expect(tenant.calls).toEqual([]);
  });

  test('when Auth0 fails in a way of its own, and reads again what a server fault spoiled', async () => {
    let faults = 2;
    const { deps } = tenant;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const isRead = init?.method === 'GET';
      if (isRead && faults-- > 0) return Response.json({ message: 'An internal error' }, { status: 500 });
      return isRead || String(input).includes('oauth')
        ? deps.fetch(input, init)
        : new Response('gone', { status: 503 });
    };
    const failing = deployActions({ dryRun: false, adopt: false }, { ...deps, fetch }, [aBuiltAction()]);
    await expect(failing).rejects.toMatchObject({
      code: 'auth0-refused',
      message: `${DOMAIN} refused to create an Action (503): gone`,
    });
    expect(tenant.waits).toEqual([1000, 2000]);
    expect(tenant.ours()).toBeUndefined();
  });
});

test('an answer that quotes a secret is repeated without it', async () => {
  const { deps } = tenant;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (init?.method !== 'POST' || String(input).includes('oauth')) return deps.fetch(input, init);
    const message = `'${String(init.body).match(/api-key-value/)?.[0]}' is no value`;
    return Response.json({ statusCode: 400, message, errorCode: 'invalid_body' }, { status: 400 });
  };
  const failing = deployActions({ dryRun: false, adopt: false }, { ...deps, fetch }, [aBuiltAction()]);
  const error = await failing.catch((thrown) => thrown);
  expect(error.message).toBe(`${DOMAIN} refused to create an Action (400): '…' is no value`);
  expect(tenant.leaks(error.message, error.stack)).toEqual([]);
});
