import { createManagementApi, type ManagementApi } from '../../../lambdas/auth0/management-api';
import { type HttpAnswer, HttpError, type HttpRequest } from '../../../lambdas/runtime/http';
import { anAnswer } from '../../helpers/an-answer';
import { NOW } from '../../helpers/events';

type Reply = HttpAnswer | Error;

const USER_ID = 'samlp|acme|a/../?b#c@d%2f';
const PATH = 'users/samlp%7Cacme%7Ca%2F..%2F%3Fb%23c%40d%252f';

function setUp(replies: Reply[], tokens: string[] = ['t-1']) {
  const asked: HttpRequest[] = [];
  const shown: (string | undefined)[] = [];
  const api = createManagementApi({
    ...{ tenant: 'acme.eu.auth0.com', timeoutMs: 2_000, now: () => NOW },
    pause: () => Promise.reject(new Error('No limit here is over so soon.')),
    token: async (refused) => {
      shown.push(refused);
      const token = tokens.find((one) => one !== refused) ?? refused;
      if (token === undefined) throw new Error('no client');
      return token;
    },
    http: async (request) => {
      asked.push(request);
      const reply = replies.length > 1 ? replies.shift() : replies[0];
      if (reply === undefined || reply instanceof Error) throw reply;
      return reply;
    },
  });
  return { api, asked, shown };
}

type Sent = { readonly method: string; readonly url: string; readonly body: unknown };

const CALLS: [string, (api: ManagementApi) => Promise<unknown>, Sent, HttpAnswer, unknown][] = [
  [
    'a user is read',
    (api) => api.user(USER_ID),
    { method: 'GET', url: PATH, body: undefined },
    anAnswer(200, { user_id: USER_ID, blocked: true }),
    { user_id: USER_ID, blocked: true },
  ],
  [
    'users are found by their address as it is spelled',
    (api) => api.usersByEmail('Ada+x@example.com'),
    { method: 'GET', url: 'users-by-email?email=Ada%2Bx%40example.com', body: undefined },
    anAnswer(200, [{ user_id: 'auth0|1' }, { user_id: 'auth0|2' }]),
    [{ user_id: 'auth0|1' }, { user_id: 'auth0|2' }],
  ],
  [
    'a user is made',
    (api) => api.createUser({ email: 'ada@example.com', verify_email: false }),
    { method: 'POST', url: 'users', body: { email: 'ada@example.com', verify_email: false } },
    anAnswer(201, { user_id: 'auth0|1' }),
    { user_id: 'auth0|1' },
  ],
  [
    'a user is changed, and answered whole',
    (api) => api.changeUser(USER_ID, { app_metadata: { a: null } }),
    { method: 'PATCH', url: PATH, body: { app_metadata: { a: null } } },
    anAnswer(200, { user_id: USER_ID, updated_at: 'then' }),
    { user_id: USER_ID, updated_at: 'then' },
  ],
  [
    'a user is deleted',
    (api) => api.deleteUser(USER_ID),
    { method: 'DELETE', url: PATH, body: undefined },
    anAnswer(204),
    null,
  ],
  [
    'the roles of a user are listed',
    (api) => api.rolesOf(USER_ID),
    { method: 'GET', url: `${PATH}/roles?per_page=50`, body: undefined },
    anAnswer(200, [{ id: 'rol_1', name: 'editor', description: 'x' }]),
    [{ id: 'rol_1', name: 'editor' }],
  ],
  [
    'roles are given',
    (api) => api.giveRoles(USER_ID, ['rol_1']),
    { method: 'POST', url: `${PATH}/roles`, body: { roles: ['rol_1'] } },
    anAnswer(204),
    null,
  ],
  [
    'roles are taken away',
    (api) => api.takeRoles(USER_ID, ['rol_1']),
    { method: 'DELETE', url: `${PATH}/roles`, body: { roles: ['rol_1'] } },
    anAnswer(204),
    null,
  ],
];

test.each(CALLS)('%s', async (_, call, { method, url, body }, reply, value) => {
  const { api, asked } = setUp([reply]);
  expect(await call(api)).toEqual({ outcome: 'ok', value });
  const [request] = asked;
  expect(asked).toHaveLength(1);
  expect(request).toMatchObject({ method, url: `https://acme.eu.auth0.com/api/v2/${url}`, timeoutMs: 2_000 });
  expect(request?.headers.authorization).toBe('Bearer t-1');
  expect(request?.body === undefined ? undefined : JSON.parse(request.body)).toEqual(body);
});

test('a ticket is an address that a person can be sent to, and nothing else', async () => {
  const ticket = { user_id: 'auth0|1', ttl_sec: 60, mark_email_as_verified: true };
  const url = 'https://acme.eu.auth0.com/lo/reset?ticket=x#';
  const { api, asked } = setUp([anAnswer(201, { ticket: url })]);
  expect(await api.passwordTicket(ticket)).toEqual({ outcome: 'ok', value: url });
  expect(JSON.parse(asked[0]?.body ?? '')).toEqual(ticket);
  for (const bad of [{}, { ticket: 'javascript:alert(1)' }, { ticket: 'https://a b' }, { ticket: 7 }]) {
    const outcome = await setUp([anAnswer(201, bad)]).api.passwordTicket(ticket);
    expect(outcome).toEqual({ outcome: 'unavailable', why: 'invalid-answer' });
  }
});

test.each<[string, Reply, object]>([
  ['nobody with that id', anAnswer(404), { outcome: 'missing' }],
  ['an address that somebody has', anAnswer(409), { outcome: 'exists' }],
  [
    'an address that somebody has, in the words of Auth0',
    anAnswer(409, { errorCode: 'auth0_idp_error' }),
    { outcome: 'exists' },
  ],
  [
    'several custom domains and no default one, who are nobody that is there',
    anAnswer(409, { errorCode: 'custom_domain_conflict' }),
    { outcome: 'unavailable', why: 'custom_domain_conflict' },
  ],
  [
    'a body that is refused, by the name that Auth0 has for it',
    anAnswer(400, { errorCode: 'invalid_body', message: 'ada@example.com is wrong' }),
    { outcome: 'refused', status: 400, code: 'invalid_body' },
  ],
  [
    'a name that is no name',
    anAnswer(400, { errorCode: 'ada@example.com' }),
    { outcome: 'refused', status: 400 },
  ],
  ['a client that lacks a scope', anAnswer(403), { outcome: 'not-allowed', why: '403' }],
  [
    'a limit that says when it ends, by the clock of Auth0',
    anAnswer(429, '', {
      date: new Date(NOW - 600_000).toUTCString(),
      'x-ratelimit-reset': `${Math.floor(NOW / 1_000) - 600 + 7}`,
    }),
    { outcome: 'limited', retryAfterMs: 7_000 },
  ],
  [
    'a limit with Retry-After',
    anAnswer(429, '', { 'retry-after': '3' }),
    { outcome: 'limited', retryAfterMs: 3_000 },
  ],
  ['a limit without a word', anAnswer(429), { outcome: 'limited', retryAfterMs: 2_000 }],
  ['a fault', anAnswer(503), { outcome: 'unavailable', why: '503' }],
  ['a redirect', anAnswer(302), { outcome: 'unavailable', why: '302' }],
  ['nothing in time', new HttpError('timeout'), { outcome: 'unavailable', why: 'timeout' }],
  ['no connection', new HttpError('unreachable'), { outcome: 'unavailable', why: 'no-answer' }],
  ['somebody else', anAnswer(200, { user_id: 'auth0|2' }), { outcome: 'unavailable', why: 'invalid-answer' }],
  ['a page of something else', anAnswer(200, '<html>'), { outcome: 'unavailable', why: 'invalid-answer' }],
])('%s is an outcome, and is not asked for twice', async (_, reply, outcome) => {
  const { api, asked } = setUp([reply]);
  expect(await api.user('auth0|1')).toEqual(outcome);
  expect(asked).toHaveLength(1);
});

test('a refused token is replaced once', async () => {
  const renewed = setUp([anAnswer(401), anAnswer(200, { user_id: 'auth0|1' })], ['t-1', 't-2']);
  expect((await renewed.api.user('auth0|1')).outcome).toBe('ok');
  expect(renewed.asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer t-1', 'Bearer t-2']);
  const refused = setUp([anAnswer(401)], ['t-1', 't-2']);
  expect(await refused.api.user('auth0|1')).toEqual({ outcome: 'not-allowed', why: '401' });
  expect(refused.asked).toHaveLength(2);
});

test('fails without a second call where there is no other token, and without any where there is none', async () => {
  const same = setUp([anAnswer(401)]);
  expect(await same.api.user('auth0|1')).toEqual({ outcome: 'not-allowed', why: '401' });
  expect(same.asked).toHaveLength(1);
  const none = setUp([anAnswer(200)], []);
  expect(await none.api.user('auth0|1')).toEqual({ outcome: 'not-allowed', why: 'no-token' });
  expect(none.asked).toHaveLength(0);
});

describe('whoever asks', () => {
  function waiting(replies: HttpAnswer[], timeoutMs = 5_000) {
    let at = NOW;
    const asked: number[] = [];
    const api = createManagementApi({
      ...{ tenant: 'acme.eu.auth0.com', timeoutMs, now: () => at, token: async () => 't-1' },
      http: async (request) => {
        asked.push(request.timeoutMs);
        return replies.shift() ?? anAnswer(429, '', { 'retry-after': '1' });
      },
      pause: async (ms) => {
        at += ms;
      },
    });
    return { api, asked, waited: () => at - NOW };
  }

  test('waits as long as a limit lasts, and asks again within the time of the call', async () => {
    const limited = anAnswer(429, '', { 'retry-after': '2' });
    const { api, asked, waited } = waiting([limited, anAnswer(200, { user_id: USER_ID })]);
    expect(await api.user(USER_ID)).toMatchObject({ outcome: 'ok' });
    expect([asked, waited()]).toEqual([[5_000, 3_000], 2_000]);
  });

  test('is told of a limit that lasts, before their time is over', async () => {
    const { api, asked, waited } = waiting([]);
    expect(await api.user(USER_ID)).toEqual({ outcome: 'limited', retryAfterMs: 1_000 });
    expect([asked, waited()]).toEqual([[5_000, 4_000, 3_000, 2_000, 1_000], 4_000]);
  });

  test('is told at once of one that is longer than the call', async () => {
    const { api, waited } = waiting([anAnswer(429, '', { 'retry-after': '60' })]);
    expect(await api.user(USER_ID)).toEqual({ outcome: 'limited', retryAfterMs: 60_000 });
    expect(waited()).toBe(0);
  });
});
