import type { Auth0User } from '../../../lambdas/provisioning-api/auth0-users';
import { ApiProblem } from '../../../lambdas/provisioning-api/problem';
import { aBareToken, aToken, BORN, CHANGE_ME, createApiInMemory } from './helpers/api';

const CHANGED = '2026-11-20T10:00:01.000Z';
const PROFILE = {
  ...{
    user_id: 'auth0|1',
    created_at: BORN,
    updated_at: CHANGED,
    email: 'ada@example.com',
    email_verified: true,
  },
  identities: [{ connection: 'acme', provider: 'samlp', user_id: 1 }],
  ...{ blocked: false, last_ip: '192.0.2.1' },
};
const KNOWN: Auth0User = { user: { created_at: BORN }, isBlocked: false };

function setUp(known: Auth0User | undefined = KNOWN, failure?: Error) {
  const written: [string, object][] = [];
  let metadata: Record<string, unknown> = { country: 'de', theme: 'light' };
  const api = createApiInMemory({
    ...{ own: ['theme', 'size'], attributes: ['user_metadata.theme', 'user_metadata.size'] },
    auth0User: async () => known,
    changeAuth0User: async (userId, change) => {
      if (failure !== undefined) throw failure;
      written.push([userId, change]);
      const entries = Object.entries({ ...metadata, ...change }).filter(([, value]) => value !== null);
      metadata = Object.fromEntries(entries);
      return { ...PROFILE, user_metadata: metadata };
    },
  });
  const change = (user_metadata: unknown, token = aToken()) =>
    api.call(CHANGE_ME, { token, body: { user_metadata } });
  return { ...api, change, written };
}

test('what is theirs is written into Auth0 and told as the whole profile that Auth0 has then', async () => {
  const { change, written, published } = setUp();
  const { status, body } = await change({ theme: 'dark', size: 12 });
  expect([status, body]).toEqual([200, { user_metadata: { theme: 'dark', size: 12 } }]);
  expect(written).toEqual([['auth0|1', { theme: 'dark', size: 12 }]]);
  expect(published).toMatchObject([
    {
      type: 'user.updated',
      id: expect.stringMatching(/^self_[\w-]{22}$/),
      source: 'urn:punctual:provisioning-api',
    },
  ]);
  // As the event stream tells it: by the version of the profile, whichever comes first.
  expect(published[0]?.data).toEqual({
    user: {
      ...{ user_id: 'auth0|1', created_at: BORN, updated_at: CHANGED },
      ...{ email: 'ada@example.com', email_verified: true, blocked: false, identities: ['samlp|1'] },
      ...{ user_metadata_theme: 'dark', user_metadata_size: 12 },
    },
    connection: { name: 'acme', strategy: 'samlp' },
  });
});

test('null takes a value away, and what the profile does not have is told as empty', async () => {
  const { change, published } = setUp();
  expect((await change({ theme: null })).body).toEqual({ user_metadata: {} });
  expect(published[0]?.data.user).toMatchObject({ user_metadata_theme: null, user_metadata_size: null });
});

test.each([
  ['something else', { theme: 'dark', country: 'fr' }, 'body.user_metadata.country'],
  ['a name that is none', { 'a b': 1 }, 'body.user_metadata'],
  ['what every object has', { constructor: 'x' }, 'body.user_metadata.constructor'],
])('rejects %s, and writes nothing', async (_, metadata, detail) => {
  const { change, written, published } = setUp();
  const { status, body } = await change(metadata);
  expect([status, body.code, body.detail]).toEqual([403, 'not-yours', detail]);
  expect([written, published]).toEqual([[], []]);
});

test.each([
  ['nothing', {}],
  ['a list', { theme: ['dark'] }],
  ['an object', { theme: { a: 1 } }],
  ['a text that is too long', { theme: 'x'.repeat(1_001) }],
  ['too many names', Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`k${index}`, 1]))],
  ['no object', 'dark'],
])('rejects %s as no change', async (_, metadata) => {
  const { change, written } = setUp();
  const { status, body } = await change(metadata);
  expect([status, body.code, written]).toEqual([400, 'invalid-request', []]);
});

test('rejects any other part of the profile', async () => {
  const { call, written } = setUp();
  for (const more of [{ email: 'eve@example.com' }, { app_metadata: { plan: 'pro' } }]) {
    const { status, body } = await call(CHANGE_ME, { body: { user_metadata: { theme: 'x' }, ...more } });
    expect([status, body.code]).toEqual([400, 'invalid-request']);
  }
  expect(written).toEqual([]);
});

test.each<[string, Auth0User | undefined, Parameters<typeof aToken>[0], [number, string]]>([
  ['somebody whom Auth0 says to be blocked', { ...KNOWN, isBlocked: true }, {}, [403, 'user-blocked']],
  [
    'a token of an earlier life',
    { ...KNOWN, user: { created_at: '2026-11-20T09:59:00.000Z' } },
    { iat: 1 },
    [403, 'user-deleted'],
  ],
  ['a program', KNOWN, { sub: 'service@clients', gty: 'client-credentials' }, [403, 'machine-token']],
  ['a token without the scope', KNOWN, { scope: 'read:me' }, [403, 'missing-scope']],
])('refuses %s, and writes nothing', async (_, known, fields, refusal) => {
  const { change, written, published } = setUp(known);
  const { status, body } = await change({ theme: 'dark' }, aToken(fields));
  expect([status, body.code]).toEqual(refusal);
  expect([written, published]).toEqual([[], []]);
});

test.each([
  [{ blocked: true, blockedAt: 1 }, 'user-blocked'],
  [{ state: 'deprovisioned', code: 'erased', ended: 'erased' }, 'user-erased'],
] as const)('refuses whom our own rows say to be gone: %j', async (row, code) => {
  const { change, put, written } = setUp();
  put(row);
  const { status, body } = await change({ theme: 'dark' }, code === 'user-erased' ? aToken() : aBareToken());
  expect([status, body.code, written]).toEqual([403, code, []]);
});

test('fails while Auth0 takes no more, and says when to come again', async () => {
  const { change, published } = setUp(KNOWN, new ApiProblem(503, 'auth0-unavailable', {}, 7));
  const { status, headers, body } = await change({ theme: 'dark' });
  expect([status, body.code, headers['retry-after']]).toEqual([503, 'auth0-unavailable', '7']);
  expect(published).toEqual([]);
});

test('is nobody’s where the configuration names nothing', async () => {
  const { call } = createApiInMemory();
  const { status, body } = await call(CHANGE_ME, { body: { user_metadata: { theme: 'dark' } } });
  expect([status, body.code]).toEqual([403, 'not-yours']);
});
