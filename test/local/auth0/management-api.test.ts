import type { Server } from 'node:http';
import { addForeignActions } from '../../../local/auth0/management-api/foreign-actions';
import { createManagementApi } from '../../../local/auth0/management-api/management-api';
import { createRateLimit } from '../../../local/auth0/management-api/rate-limit';
import { Tenant } from '../../../local/auth0/management-api/tenant';
import { Tokens } from '../../../local/auth0/management-api/tokens';
import { closeServer, listen } from '../../../local/listen';

const DOMAIN = 'punctual-dev.eu.auth0.com';
const CLIENT = { id: 'm2m', secret: 's3cret' };
const SECRETS = [{ name: 'KEY', value: 'hidden-value' }];

let now: number;
let scopes: readonly string[];
let tenant: Tenant;
let server: Server;
let url: string;

beforeEach(async () => {
  now = Date.parse('2026-11-20T09:00:00Z');
  scopes = ['read:actions', 'create:actions', 'update:actions', 'delete:actions'];
  tenant = new Tenant({ now: () => now });
  const tokens = new Tokens({
    ...{ domain: DOMAIN, now: () => now },
    clients: [{ ...CLIENT, scopes: () => scopes }],
  });
  const rateLimit = createRateLimit({ now: () => now, burst: 100 });
  server = createManagementApi({ domain: DOMAIN, tenant, tokens, rateLimit });
  url = `http://127.0.0.1:${await listen(server, 0, 'the Management API')}`;
});
afterEach(() => closeServer(server));

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly display_name: string;
  readonly status: string;
  readonly code: string;
  readonly access_token: string;
  readonly error_description: string;
  readonly deployed_version: Shown;
  readonly actions: readonly Shown[];
  readonly bindings: readonly Shown[];
  readonly versions: readonly Shown[];
}

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  /** What there is of it depends on the call. */
  readonly body: Shown;
}

async function askToken(
  asked: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Answered> {
  const audience = `https://${DOMAIN}/api/v2/`;
  const grant = { grant_type: 'client_credentials', client_id: 'm2m', client_secret: 's3cret', audience };
  const body = new URLSearchParams({ ...grant, ...asked });
  return read(await fetch(`${url}/oauth/token`, { method: 'POST', body, headers }));
}

async function read(response: Response): Promise<Answered> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

async function call(method: string, path: string, body?: object, token?: string): Promise<Answered> {
  const authorization = `Bearer ${token ?? (await askToken()).body.access_token}`;
  const headers = { authorization, 'content-type': 'application/json' };
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
  return read(await fetch(`${url}/api/v2${path}`, init));
}

const anAction = (more: object = {}) => ({
  name: 'sample',
  code: 'exports.onExecutePostUserRegistration = async () => {};',
  secrets: SECRETS,
  supported_triggers: [{ id: 'post-user-registration', version: 'v2' }],
  ...more,
});

/** Makes an Action and looks at it until it is built. */
async function build(more: object = {}): Promise<string> {
  const { id } = (await call('POST', '/actions/actions', anAction(more))).body;
  for (let look = 0; look < 3; look++) await call('GET', `/actions/actions/${id}`);
  return id;
}

async function deploy(more: object = {}): Promise<string> {
  const id = await build(more);
  await call('POST', `/actions/actions/${id}/deploy`);
  await call('GET', `/actions/actions/${id}`);
  return id;
}

const BINDINGS = '/actions/triggers/post-user-registration/bindings';
const byId = (id: string, name: string) => ({ ref: { type: 'action_id', value: id }, display_name: name });

describe('tokens', () => {
  test('the right credentials get a token with the granted scopes', async () => {
    const { status, body } = await askToken();
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 86_400, scope: scopes.join(' ') });
  });

  test('rejects a wrong secret, another audience, another grant and an application without a grant', async () => {
    expect(await askToken({ client_secret: 'wrong' })).toMatchObject({
      status: 401,
      body: { error: 'access_denied', error_description: 'Unauthorized' },
    });
    expect(await askToken({ audience: 'https://other.eu.auth0.com/api/v2/' })).toMatchObject({
      status: 403,
      body: { error_description: 'Service not enabled within domain: https://other.eu.auth0.com/api/v2/' },
    });
    expect(await askToken({ grant_type: 'password' })).toMatchObject({
      status: 403,
      body: { error: 'unauthorized_client' },
    });
    scopes = [];
    expect((await askToken()).body.error_description).toContain('is not authorized to access');
  });

  test('rejects a domain that is not its own', async () => {
    expect((await askToken({}, { 'x-forwarded-host': 'other.eu.auth0.com' })).status).toBe(404);
  });

  test('rejects a call without a token, with a made-up one and with an old one', async () => {
    expect((await read(await fetch(`${url}/api/v2/actions/triggers`))).status).toBe(401);
    expect((await call('GET', '/actions/triggers', undefined, 'made-up')).status).toBe(401);
    const token = (await askToken()).body.access_token;
    now += 86_400_000;
    expect((await call('GET', '/actions/triggers', undefined, token)).status).toBe(401);
  });

  test('rejects web pages', async () => {
    const response = await fetch(`${url}/oauth/token`, {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
    });
    expect(response.status).toBe(403);
  });
});

describe('scopes', () => {
  test.each([
    ['GET', '/actions/triggers', 'read:actions'],
    ['GET', '/actions/actions', 'read:actions'],
    ['GET', BINDINGS, 'read:actions'],
    ['POST', '/actions/actions', 'create:actions'],
    ['PATCH', '/actions/actions/1', 'update:actions'],
    ['POST', '/actions/actions/1/deploy', 'create:actions'],
    ['PATCH', BINDINGS, 'update:actions'],
    ['DELETE', '/actions/actions/1', 'delete:actions'],
  ])('rejects %s %s without %s, and names it', async (method, path, scope) => {
    scopes = ['read:users', ...scopes.filter((known) => known !== scope)];
    const { status, body } = await call(
      method,
      path,
      method === 'GET' || method === 'DELETE' ? undefined : {},
    );
    expect({ status, body }).toEqual({
      status: 403,
      body: {
        statusCode: 403,
        error: 'Forbidden',
        message: `Insufficient scope, expected any of: ${scope}`,
        errorCode: 'insufficient_scope',
      },
    });
  });
});

describe('the rate limit', () => {
  test('answers 429 with the second of the next token, and lets calls through again from then on', async () => {
    const bucket = createRateLimit({ now: () => now, burst: 2, perSecond: 0.5 });
    expect(bucket.take().headers).toMatchObject({ 'x-ratelimit-limit': '2', 'x-ratelimit-remaining': '1' });
    expect(bucket.take().refusal).toBeUndefined();
    const { headers, refusal } = bucket.take();
    expect(refusal).toMatchObject({ status: 429, errorCode: 'too_many_requests' });
    expect(headers).toMatchObject({
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(now / 1000 + 2),
    });
    now += 2000;
    expect(bucket.take().refusal).toBeUndefined();
  });

  test('every answer says how many calls are left', async () => {
    const { headers } = await call('GET', '/actions/triggers');
    expect(headers.get('x-ratelimit-limit')).toBe('100');
    expect(headers.get('x-ratelimit-remaining')).toBe('99');
    expect(Number(headers.get('x-ratelimit-reset'))).toBeGreaterThanOrEqual(now / 1000);
  });
});

describe('Actions', () => {
  test('a new one is built stage by stage, as one looks at it', async () => {
    const created = await call('POST', '/actions/actions', anAction());
    expect(created).toMatchObject({ status: 201, body: { status: 'pending', all_changes_deployed: false } });
    const seen = [];
    for (let look = 0; look < 4; look++) {
      seen.push((await call('GET', `/actions/actions/${created.body.id}`)).body.status);
    }
    expect(seen).toEqual(['building', 'packaged', 'built', 'built']);
  });

  test('fails to build when it is made to', async () => {
    tenant.failBuilds = 1;
    const id = await build();
    expect((await call('GET', `/actions/actions/${id}`)).body.status).toBe('failed');
    expect((await call('POST', `/actions/actions/${id}/deploy`)).status).toBe(400);
  });

  test('a deploy needs a built draft, makes a version and is through a little later', async () => {
    const { id } = (await call('POST', '/actions/actions', anAction())).body;
    const early = await call('POST', `/actions/actions/${id}/deploy`);
    expect(early).toMatchObject({
      status: 400,
      body: { message: "A draft must be in the 'built' state before it can be deployed." },
    });
    for (let look = 0; look < 3; look++) await call('GET', `/actions/actions/${id}`);
    const version = await call('POST', `/actions/actions/${id}/deploy`);
    expect(version).toMatchObject({ status: 202, body: { number: 1, deployed: false } });
    const { body } = await call('GET', `/actions/actions/${id}`);
    expect(body).toMatchObject({
      all_changes_deployed: true,
      deployed_version: { number: 1, deployed: true },
    });
  });

  test('a change is not live until it is deployed', async () => {
    const id = await deploy();
    const changed = await call('PATCH', `/actions/actions/${id}`, { code: 'changed' });
    expect(changed.body).toMatchObject({ status: 'pending', code: 'changed', all_changes_deployed: false });
    expect(changed.body.deployed_version.code).not.toBe('changed');
  });

  test('no answer ever holds the value of a secret', async () => {
    const id = await deploy();
    const answers = [
      await call('GET', `/actions/actions/${id}`),
      await call('GET', '/actions/actions'),
      await call('GET', `/actions/actions/${id}/versions`),
      await call('PATCH', `/actions/actions/${id}`, { secrets: SECRETS }),
      await call('PATCH', BINDINGS, { bindings: [byId(id, 'sample')] }),
      await call('GET', BINDINGS),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(JSON.stringify(body)).toContain('KEY');
      expect(JSON.stringify(body)).not.toContain('hidden-value');
    }
  });

  test('versions are listed newest first and read one by one', async () => {
    const id = await deploy();
    for (let look = 0; look < 3; look++) await call('GET', `/actions/actions/${id}`);
    await call('POST', `/actions/actions/${id}/deploy`);
    const { body } = await call('GET', `/actions/actions/${id}/versions`);
    expect(body.versions.map(({ number }) => number)).toEqual([2, 1]);
    const one = await call('GET', `/actions/actions/${id}/versions/${body.versions[1]?.id}`);
    expect(one.body).toMatchObject({ number: 1 });
    expect((await call('GET', `/actions/actions/${id}/versions/none`)).status).toBe(404);
  });

  test.each([
    ['code above 100 kB', { code: 'x'.repeat(100_001) }],
    [
      '31 secrets',
      { secrets: Array.from({ length: 31 }, (_, index) => ({ name: `S${index}`, value: 'v' })) },
    ],
    ['a secret whose name is too long', { secrets: [{ name: 'n'.repeat(129), value: 'v' }] }],
    ['a secret whose value is too long', { secrets: [{ name: 'N', value: 'v'.repeat(4097) }] }],
    ['11 dependencies', { dependencies: Array.from({ length: 11 }, () => ({ name: 'n', version: '1' })) }],
    ['no name', { name: '' }],
    ['a name that is too long', { name: 'n'.repeat(129) }],
    ['a trigger that does not exist', { supported_triggers: [{ id: 'pre-lunch', version: 'v1' }] }],
    [
      'a version of a trigger that does not exist',
      { supported_triggers: [{ id: 'post-login', version: 'v9' }] },
    ],
    ['two triggers', { supported_triggers: [{ id: 'post-login' }, { id: 'credentials-exchange' }] }],
    ['a runtime that the trigger does not offer', { runtime: 'node12' }],
    ['a property that nobody knows', { colour: 'red' }],
  ])('rejects %s', async (_, more) => {
    const { status, body } = await call('POST', '/actions/actions', anAction(more));
    expect(status).toBe(400);
    expect(body).toMatchObject({ statusCode: 400, error: 'Bad Request', errorCode: 'invalid_body' });
    expect((await call('GET', '/actions/actions')).body.actions).toEqual([]);
  });

  test('rejects a name that is taken, in a new one and in a change', async () => {
    await call('POST', '/actions/actions', anAction());
    expect((await call('POST', '/actions/actions', anAction())).status).toBe(409);
    const { id } = (await call('POST', '/actions/actions', anAction({ name: 'other' }))).body;
    expect((await call('PATCH', `/actions/actions/${id}`, { name: 'sample' })).status).toBe(409);
  });

  test('rejects the 101st', async () => {
    for (let index = 0; index < 100; index++) {
      tenant.create({ name: `a${index}`, supported_triggers: [{ id: 'post-login' }] });
    }
    expect((await call('POST', '/actions/actions', anAction())).status).toBe(403);
  });

  test('are listed in pages, by trigger and by name', async () => {
    for (const name of ['a', 'b', 'c']) await call('POST', '/actions/actions', anAction({ name }));
    await call(
      'POST',
      '/actions/actions',
      anAction({ name: 'd', supported_triggers: [{ id: 'post-login' }] }),
    );
    const names = async (query: string) =>
      (await call('GET', `/actions/actions?${query}`)).body.actions.map(({ name }) => name);
    expect(await names('per_page=3')).toEqual(['a', 'b', 'c']);
    expect(await names('per_page=3&page=1')).toEqual(['d']);
    expect(await names('triggerId=post-login')).toEqual(['d']);
    expect(await names('actionName=b')).toEqual(['b']);
    expect(await names('deployed=true')).toEqual([]);
    expect((await call('GET', '/actions/actions?per_page=101')).status).toBe(400);
    expect((await call('GET', '/actions/actions?per_page=3')).body).toMatchObject({ total: 4, per_page: 3 });
  });
});

describe('bindings', () => {
  test('a change replaces the whole list, in its order, with new bindings for references by Action', async () => {
    const [one, two] = [await deploy({ name: 'one' }), await deploy({ name: 'two' })];
    const first = await call('PATCH', BINDINGS, { bindings: [byId(one, 'One'), byId(two, 'Two')] });
    const ids = first.body.bindings.map(({ id }) => id);
    const second = await call('PATCH', BINDINGS, {
      bindings: [
        { ref: { type: 'action_name', value: 'two' } },
        { ref: { type: 'binding_id', value: ids[0] } },
      ],
    });
    expect(second.body.bindings).toMatchObject([
      { display_name: 'two', trigger_id: 'post-user-registration', action: { id: two } },
      { id: ids[0], display_name: 'One', action: { id: one } },
    ]);
    expect(second.body.bindings[0]?.id).not.toBe(ids[1]);
    await call('PATCH', BINDINGS, { bindings: [] });
    expect((await call('GET', BINDINGS)).body).toEqual({ bindings: [], per_page: 20 });
  });

  test('rejects Actions that are not deployed, of another trigger, or not there', async () => {
    const built = await build();
    const other = await deploy({ name: 'other', supported_triggers: [{ id: 'post-login' }] });
    for (const [id, status] of [
      [built, 400],
      [other, 400],
      ['nobody', 404],
    ] as const) {
      expect((await call('PATCH', BINDINGS, { bindings: [byId(id, 'x')] })).status).toBe(status);
    }
    expect((await call('GET', '/actions/triggers/pre-lunch/bindings')).status).toBe(404);
  });

  test('rejects more than 20 of a trigger, and a reference to a binding of another one', async () => {
    const id = await deploy();
    const many = Array.from({ length: 21 }, (_, index) => byId(id, `n${index}`));
    expect((await call('PATCH', BINDINGS, { bindings: many })).status).toBe(403);
    const ref = { type: 'binding_id', value: 'unknown' };
    expect((await call('PATCH', BINDINGS, { bindings: [{ ref }] })).status).toBe(400);
  });

  test('a bound Action is deleted only by force, which unbinds it', async () => {
    const id = await deploy();
    await call('PATCH', BINDINGS, { bindings: [byId(id, 'x')] });
    const refused = await call('DELETE', `/actions/actions/${id}`);
    expect(refused).toMatchObject({
      status: 409,
      body: { message: 'Unable to delete an action bound to a trigger.' },
    });
    expect((await call('DELETE', `/actions/actions/${id}?force=true`)).status).toBe(204);
    expect((await call('GET', BINDINGS)).body.bindings).toEqual([]);
    expect((await call('GET', `/actions/actions/${id}`)).status).toBe(404);
  });
});

test('what it does not know it refuses by name', async () => {
  expect(await call('GET', '/users')).toMatchObject({
    status: 404,
    body: { message: 'The local Management API does not know GET /api/v2/users' },
  });
  const deployed = await call('POST', '/actions/actions', anAction({ deploy: true }));
  expect(deployed).toMatchObject({ status: 400, body: { errorCode: 'not_known_locally' } });
});

test('a tenant begins with Actions of its own, deployed and bound', async () => {
  addForeignActions(tenant);
  const { body } = await call('GET', BINDINGS);
  expect(body.bindings.map(({ display_name: name }) => name)).toEqual([
    'Greet by mail',
    'Count registrations',
  ]);
  expect((await call('GET', '/actions/triggers/post-login/bindings')).body.bindings).toHaveLength(1);
});
