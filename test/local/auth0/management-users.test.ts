import { createRateLimits } from '../../../local/auth0/management-api/rate-limits';
import { FUNCTION_SCOPES } from '../../../local/auth0/management-api/start-management-api';
import type { PasswordTickets } from '../../../local/auth0/password-tickets';
import type { Passwords } from '../../../local/auth0/passwords';
import type { TenantUsers, UserChange } from '../../../local/auth0/tenant-users';
import type { AManagementApi } from './helpers/a-management-api';
import { aUserApi } from './helpers/a-user-api';

const PASSWORD = 'aZ3!bY4?cX5&';
const ADA = {
  ...{ connection: 'Username-Password-Authentication', email: 'Ada@Example.com', password: PASSWORD },
  ...{ verify_email: false, app_metadata: { status: 'invited', left: null } },
};
const MISSING = { errorCode: 'inexistent_user', statusCode: 404 };

let api: AManagementApi;
let told: UserChange[];
let users: TenantUsers;
let passwords: Passwords;
let tickets: PasswordTickets;
let logins: Map<string, number>;

beforeEach(async () => {
  ({ api, told, users, passwords, tickets, logins } = await aUserApi({ editor: 'rol_1', reader: 'rol_2' }));
});
afterEach(() => api.close());

interface Shown {
  readonly user_id: string;
  readonly updated_at: string;
  readonly ticket: string;
  readonly app_metadata: object;
}

const call = (method: string, path: string, body?: object) => api.call<Shown>(method, path, body);
const pathOf = (userId: string) => `/users/${encodeURIComponent(userId)}`;
const make = async (more: object = {}) => (await call('POST', '/users', { ...ADA, ...more })).body.user_id;

describe('a user of the database', () => {
  test('is made, is told of, and can log in with the password', async () => {
    const { status, body } = await call('POST', '/users', ADA);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ email: 'ada@example.com', email_verified: false, app_metadata: { status: 'invited' } },
      identities: [{ connection: ADA.connection, provider: 'auth0', isSocial: false }],
    });
    expect(body).not.toHaveProperty('password');
    expect(body.app_metadata).toEqual({ status: 'invited' });
    expect(told).toMatchObject([{ type: 'user.created', object: { user_id: body.user_id } }]);
    expect(await passwords.userWith('ada@example.com', PASSWORD)).toMatchObject({
      user_id: body.user_id,
    });
    expect((await call('GET', pathOf(body.user_id))).body).toEqual(body);
  });

  test('is refused in the words of Auth0', async () => {
    await make();
    const answers = [ADA, { ...ADA, email: 'b@example.com', password: 'short' }].map((body) =>
      call('POST', '/users', body),
    );
    const others = [
      { connection: 'nowhere' },
      { connection: 'github' },
      { password: undefined },
      { surprise: 1 },
      { app_metadata: { email: 'b@example.com' } },
      { user_metadata: { 'a.b': 1 } },
    ];
    const more = others.map((body) => call('POST', '/users', { ...ADA, email: 'c@example.com', ...body }));
    const bodies = (await Promise.all([...answers, ...more])).map(({ body }) => body);
    expect(bodies).toMatchObject([
      { statusCode: 409, error: 'Conflict', errorCode: 'auth0_idp_error' },
      { statusCode: 400, message: 'PasswordStrengthError: Password is too weak' },
      { statusCode: 400, errorCode: 'inexistent_connection' },
      { statusCode: 400, errorCode: 'operation_not_supported' },
      { statusCode: 400, errorCode: 'invalid_body' },
      { statusCode: 400, errorCode: 'invalid_body' },
      { statusCode: 400, errorCode: 'invalid_body' },
      { statusCode: 400, errorCode: 'invalid_body' },
    ]);
  });

  test('is found by the address as it is spelled, as everybody who has it', async () => {
    const id = await make();
    users.signUp({
      connection: { id: 'c', name: 'github', strategy: 'github' },
      user: { user_id: 'github|1', email: 'ada@example.com' },
    });
    const found = await api.call<Shown[]>('GET', '/users-by-email?email=ada%40example.com');
    expect(found.body.map(({ user_id }) => user_id)).toEqual([id, 'github|1']);
    expect((await call('GET', '/users-by-email?email=Ada%40Example.com')).body).toEqual([]);
    expect((await call('GET', '/users-by-email')).status).toBe(400);
  });

  test('is changed: metadata at their first level, null removes, another address is not verified, and all is told', async () => {
    const id = await make({ email_verified: true, user_metadata: { a: { b: 1, c: 2 }, d: 1 } });
    const { body } = await call('PATCH', pathOf(id), {
      ...{ email: 'lovelace@example.com', user_metadata: { a: { b: 3 }, d: null }, blocked: true },
    });
    expect(body).toMatchObject({ email_verified: false, blocked: true, user_metadata: { a: { b: 3 } } });
    expect(body).toMatchObject({ app_metadata: { status: 'invited' } });
    expect(body).not.toHaveProperty(['user_metadata', 'd']);
    expect(told.at(-1)).toMatchObject({ type: 'user.updated', object: { updated_at: body.updated_at } });
    expect((await call('PATCH', pathOf('auth0|no'), {})).body).toMatchObject(MISSING);
    expect((await call('PATCH', pathOf(id), { user_id: 'auth0|2' })).status).toBe(400);
  });

  test('is deleted with the password and the roles, also twice', async () => {
    const id = await make();
    await call('POST', `${pathOf(id)}/roles`, { roles: ['rol_1'] });
    expect((await call('DELETE', pathOf(id))).status).toBe(204);
    expect((await call('DELETE', pathOf(id))).status).toBe(204);
    expect(told.map(({ type }) => type)).toEqual(['user.created', 'user.deleted']);
    const again = await make({ user_id: id.slice('auth0|'.length) });
    expect([again, (await call('GET', `${pathOf(again)}/roles`)).body]).toEqual([id, []]);
  });
});

describe('roles', () => {
  test('are given, given again, shown and taken away', async () => {
    const path = `${pathOf(await make())}/roles`;
    for (const roles of [['rol_1'], ['rol_1', 'rol_2']])
      expect((await call('POST', path, { roles })).status).toBe(204);
    expect((await call('DELETE', path, { roles: ['rol_1', 'rol_9'] })).status).toBe(204);
    expect((await call('GET', path)).body).toMatchObject([{ id: 'rol_2', name: 'reader' }]);
    expect((await call('GET', '/roles')).body).toMatchObject([{ name: 'editor' }, { name: 'reader' }]);
  });

  test('rejects one that is none, also beside others, and a user who is none', async () => {
    const path = `${pathOf(await make())}/roles`;
    expect((await call('POST', path, { roles: ['rol_1', 'rol_9'] })).body).toMatchObject({ statusCode: 404 });
    expect((await call('GET', path)).body).toEqual([]);
    expect((await call('POST', path, { roles: [] })).status).toBe(400);
    expect((await call('POST', `${pathOf('x|1')}/roles`, { roles: ['rol_1'] })).body).toMatchObject(MISSING);
  });
});

describe('a ticket for a password', () => {
  test('leads to a page of the tenant, and is used once and in its time', async () => {
    const user_id = await make();
    const asked = { user_id, ttl_sec: 60, mark_email_as_verified: true, client_id: 'demo' };
    const { status, body } = await call('POST', '/tickets/password-change', asked);
    expect(status).toBe(201);
    const [, id = ''] =
      /^http:\/\/127\.0\.0\.1:9\/u\/reset-verify\?ticket=([\w-]{43})#$/.exec(body.ticket) ?? [];
    expect(tickets.find(id)).toMatchObject({ userId: user_id, marksVerified: true, clientId: 'demo' });
    expect([tickets.use(id)?.userId, tickets.use(id)]).toEqual([user_id, undefined]);
    const late = new URL((await call('POST', '/tickets/password-change', asked)).body.ticket);
    api.now += 60_000;
    expect(tickets.use(late.searchParams.get('ticket') ?? '')).toBeUndefined();
  });

  test('rejects two places to go to, and a user who is none', async () => {
    const both = { user_id: await make(), result_url: 'https://a.example.com', client_id: 'demo' };
    expect((await call('POST', '/tickets/password-change', both)).status).toBe(400);
    expect((await call('POST', '/tickets/password-change', { user_id: 'x|1' })).body).toMatchObject(MISSING);
  });
});

test.each([
  ['GET', '/users-by-email?email=a', 'read:users'],
  ['POST', '/users', 'create:users'],
  ['PATCH', '/users/x', 'update:users'],
  ['GET', '/users/x/roles', 'read:roles'],
  ['POST', '/users/x/roles', 'create:role_members'],
  ['DELETE', '/users/x/roles', 'delete:role_members'],
  ['GET', '/users/x/roles', 'read:users'],
  ['POST', '/users/x/roles', 'update:users'],
  ['DELETE', '/users/x/roles', 'update:users'],
  ['POST', '/tickets/password-change', 'create:user_tickets'],
])('rejects %s %s without %s', async (method, path, scope) => {
  api.scopes = FUNCTION_SCOPES.filter((one) => one !== scope);
  expect((await call(method, path, method === 'GET' ? undefined : {})).body).toMatchObject({
    errorCode: 'insufficient_scope',
  });
});

test('what reads users, what writes them and the rest are counted apart, but in the plan that counts all together', () => {
  const count = (plan: 'free' | 'essentials') => {
    const { take } = createRateLimits(plan, () => api.now);
    const passing = (group: 'read-users' | 'write-users' | 'others') =>
      Array.from({ length: 50 }, () => take(group)).filter(({ refusal }) => refusal === undefined).length;
    return [passing('read-users'), passing('write-users'), passing('others')];
  };
  expect(count('essentials')).toEqual([40, 20, 10]);
  expect(count('free')).toEqual([2, 0, 0]);
});

test('who logged in shows how often, and who never did shows nothing', async () => {
  const userId = await make();
  expect((await call('GET', pathOf(userId))).body).not.toHaveProperty('logins_count');
  logins.set(userId, 2);
  expect((await call('GET', pathOf(userId))).body).toMatchObject({ logins_count: 2 });
  const { body } = await api.call<object[]>('GET', '/users-by-email?email=ada%40example.com');
  expect(body).toEqual([expect.objectContaining({ logins_count: 2 })]);
});
