import type { Auth0User } from '../../../lambdas/provisioning-api/auth0-users';
import { ApiProblem } from '../../../lambdas/provisioning-api/problem';
import { NOW } from '../../helpers/events';
import {
  ASK_FOR,
  ASK_MINE,
  aBareToken,
  aToken,
  BORN,
  createApiInMemory,
  inSystem,
  ofUser,
  RETRY,
  SHOW_ME,
} from './helpers/api';

const ADA = {
  user: { created_at: BORN, updated_at: BORN, email: 'ada@example.com', user_metadata_country: 'de' },
  connection: { name: 'github', strategy: 'github' },
  isBlocked: false,
} as const satisfies Auth0User;
const LINKED = { state: 'linked', accountId: 'account-1' } as const;
const BARE = { ...inSystem(), token: aBareToken({ iat: NOW / 1_000 }) };
const CRM = { system: 'crm' };

function setUp(known: Auth0User | Error = ADA, overrides = {}) {
  const asked: string[] = [];
  const api = createApiInMemory({
    auth0User: async (userId) => {
      asked.push(userId);
      if (known instanceof Error) throw known;
      return known;
    },
    ...overrides,
  });
  return { ...api, asked };
}

test('a token that says nothing of its person is enough: Auth0 says it, once', async () => {
  const { call, asked, published } = setUp();
  expect((await call(ASK_MINE, BARE)).status).toBe(202);
  expect(asked).toEqual(['auth0|1']);
  expect(published[0]?.data).toMatchObject({
    user: { user_id: 'auth0|1', ...ADA.user },
    connection: ADA.connection,
  });
});

test('so is the id that an administrator names, for a retry too', async () => {
  const { call, asked, put, published } = setUp();
  const token = aToken({ sub: 'service@clients', gty: 'client-credentials' });
  expect((await call(ASK_FOR, { ...ofUser('auth0|1', CRM), token })).status).toBe(202);
  put({ state: 'failed', code: 'remote-timeout' });
  expect((await call(RETRY, { ...ofUser('auth0|1', CRM), token })).status).toBe(202);
  expect([asked, published.length]).toEqual([['auth0|1', 'auth0|1'], 2]);
});

test('nobody is asked where the token or the call says enough, or the account is there or under way', async () => {
  const { call, asked, put } = setUp();
  await call(ASK_MINE, inSystem());
  await call(ASK_FOR, { ...ofUser('auth0|1', CRM), body: { user: { created_at: BORN } } });
  put(LINKED);
  expect((await call(ASK_MINE, BARE)).status).toBe(200);
  put({ state: 'pending', attempts: 1, code: 'remote-timeout' });
  expect((await call(ASK_MINE, BARE)).status).toBe(202);
  put({ state: 'held', code: 'conflict' });
  expect((await call(ASK_MINE, BARE)).status).toBe(409);
  await call(SHOW_ME, { token: aBareToken() });
  expect(asked).toEqual([]);
});

test('whom Auth0 does not know has no account made', async () => {
  const { call, published } = setUp(ADA, { auth0User: async () => undefined });
  const { status, body } = await call(ASK_MINE, BARE);
  expect([status, body.code, published]).toEqual([409, 'profile-unknown', []]);
});

test('whom Auth0 says to be blocked is refused, before we were told', async () => {
  const { call, published } = setUp({ ...ADA, isBlocked: true });
  expect(await call(ASK_MINE, BARE)).toMatchObject({ status: 403, body: { code: 'user-blocked' } });
  const named = await call(ASK_FOR, ofUser('auth0|1', CRM));
  expect(named).toMatchObject({ status: 409, body: { code: 'user-blocked' } });
  expect(published).toEqual([]);
});

test('the connection that Auth0 names is judged', async () => {
  const { call, published } = setUp(ADA, { jit: { default: true, connections: { github: false } } });
  expect(await call(ASK_MINE, BARE)).toMatchObject({ status: 403, body: { code: 'jit-off' } });
  expect(published).toEqual([]);
});

test('who was deleted and came again has a new life, which no token of the earlier one reaches', async () => {
  const again = '2026-11-20T09:20:00.000Z';
  const { call, put, published } = setUp({ ...ADA, user: { ...ADA.user, created_at: again } });
  put({ state: 'deprovisioned', deletedAt: 1 } as never);
  const born = Date.parse(again) / 1_000;
  const withToken = (iat: number) => call(ASK_MINE, { ...inSystem(), token: aBareToken({ iat }) });
  expect(await withToken(born - 60)).toMatchObject({ status: 403, body: { code: 'user-deleted' } });
  expect((await withToken(born + 60)).status).toBe(202);
  expect(published).toHaveLength(1);
});

test('while Auth0 does not say, the call is to be made again when it says so', async () => {
  const { call, published } = setUp(new ApiProblem(503, 'auth0-unavailable', {}, 7));
  const { status, headers, body } = await call(ASK_MINE, BARE);
  expect([status, headers['retry-after'], body.code]).toEqual([503, '7', 'auth0-unavailable']);
  expect(body).not.toHaveProperty('retryAfterSeconds');
  expect(published).toEqual([]);
});
