import { createManagementApi, type ManagementApiDeps } from '../../../lambdas/auth0/management-api';
import { createAuth0Users } from '../../../lambdas/provisioning-api/auth0-users';
import { type HttpAnswer, HttpError, type HttpRequest } from '../../../lambdas/runtime/http';
import { anAnswer } from '../../helpers/an-answer';
import { NOW } from '../../helpers/events';

const PROFILE = {
  ...{ user_id: 'auth0|1', created_at: '2026-11-20T09:00:00.000Z', updated_at: '2026-11-20T09:30:00.000Z' },
  ...{ email: 'ada@example.com', email_verified: true, last_ip: '192.0.2.1' },
  identities: [{ connection: 'acme', provider: 'samlp', user_id: '1', access_token: 'secret' }, {}],
  user_metadata: { country: 'de', other: 'x' },
};

const answer = (status: number, body: unknown = PROFILE, headers: Record<string, string> = {}) =>
  anAnswer(status, body, headers);

function setUp(reply: HttpAnswer | Error, overrides: Partial<ManagementApiDeps> = {}) {
  const clock = { now: NOW };
  const asked: HttpRequest[] = [];
  const refused: (string | undefined)[] = [];
  const lines: object[] = [];
  const state = { reply };
  const now = () => clock.now;
  const management = createManagementApi({
    ...{ tenant: 'acme.eu.auth0.com', timeoutMs: 3_000, now },
    pause: async (ms) => {
      clock.now += ms;
    },
    token: async (old) => {
      refused.push(old);
      return old === undefined ? 't-1' : 't-2';
    },
    http: async (request) => {
      asked.push(request);
      if (state.reply instanceof Error) throw state.reply;
      return state.reply;
    },
    ...overrides,
  });
  const { read } = createAuth0Users({
    ...{ management, attributes: ['user_metadata.country'], now },
    log: (level, message, fields) => void lines.push({ level, message, ...fields }),
  });
  const failure = (userId = 'auth0|1') =>
    read(userId).then(
      () => undefined,
      ({ status, code, retryAfterSeconds }) => ({ status, code, retryAfterSeconds }),
    );
  return { read, failure, asked, refused, lines, clock, state };
}

const UNAVAILABLE = { status: 503, code: 'auth0-unavailable', retryAfterSeconds: 2 };

test('a user is read with one call, and nothing more of them is known than leaves Auth0 otherwise', async () => {
  const { read, asked } = setUp(answer(200));
  expect(await read('auth0|1')).toEqual({
    user: {
      ...{ created_at: PROFILE.created_at, updated_at: PROFILE.updated_at },
      ...{ email: 'ada@example.com', email_verified: true, user_metadata_country: 'de' },
    },
    connection: { name: 'acme', strategy: 'samlp' },
    isBlocked: false,
  });
  expect(asked).toEqual([
    {
      ...{ method: 'GET', url: 'https://acme.eu.auth0.com/api/v2/users/auth0%7C1', timeoutMs: 3_000 },
      headers: { accept: 'application/json', authorization: 'Bearer t-1' },
    },
  ]);
});

test('no id leads to another path, and no answer about somebody else is taken', async () => {
  const { failure, asked } = setUp(answer(200));
  expect(await failure('samlp|a/../?b#c@d%2f')).toEqual(UNAVAILABLE);
  expect(asked[0]?.url).toBe('https://acme.eu.auth0.com/api/v2/users/samlp%7Ca%2F..%2F%3Fb%23c%40d%252f');
});

test('who is blocked is known to be, and who is none to be none', async () => {
  expect((await setUp(answer(200, { ...PROFILE, blocked: true })).read('auth0|1'))?.isBlocked).toBe(true);
  expect(await setUp(answer(404, {})).read('auth0|1')).toBeUndefined();
});

test.each([
  ['a fault', answer(500)],
  ['a page of something else', answer(200, '<html>')],
  ['a client that may not', answer(403)],
  ['a redirect', answer(302)],
  ['nothing in time', new HttpError('timeout')],
])('%s is a reason to come again, and is not tried again meanwhile', async (_, reply) => {
  const { failure, asked, lines } = setUp(reply);
  expect(await failure()).toEqual(UNAVAILABLE);
  expect(asked).toHaveLength(1);
  expect(JSON.stringify(lines)).not.toMatch(/auth0\|1|t-1/);
});

test('without a token nobody is asked', async () => {
  const token = () => Promise.reject(new Error('no client'));
  const { failure, asked } = setUp(answer(200), { token });
  expect([await failure(), asked]).toEqual([UNAVAILABLE, []]);
});

test('after a 429 nobody is asked until the moment that Auth0 names, by its clock', async () => {
  const date = new Date(NOW - 600_000).toUTCString();
  const reset = `${Math.floor(NOW / 1_000) - 600 + 7}`;
  const { failure, read, asked, clock, state } = setUp(
    answer(429, {}, { date, 'x-ratelimit-reset': reset, 'x-ratelimit-remaining': '0' }),
  );
  expect(await failure()).toMatchObject({ ...UNAVAILABLE, retryAfterSeconds: 7 });
  state.reply = answer(200);
  clock.now += 6_000;
  expect(await failure()).toMatchObject({ retryAfterSeconds: 1 });
  expect(asked).toHaveLength(1);
  clock.now += 1_000;
  expect((await read('auth0|1'))?.isBlocked).toBe(false);
});

test('a limit that is over while the person can wait is waited for', async () => {
  const http = (replies: HttpAnswer[]) => async () => replies.shift() ?? answer(500);
  const limited = answer(429, {}, { 'retry-after': '1' });
  const { read, clock } = setUp(answer(500), { http: http([limited, answer(200)]) });
  expect((await read('auth0|1'))?.isBlocked).toBe(false);
  expect(clock.now - NOW).toBe(1_000);
});

test('an instance asks five times at once, then once a second', async () => {
  const { failure, asked, clock } = setUp(answer(200));
  const outcomes = [];
  for (let call = 0; call < 6; call += 1) outcomes.push(await failure());
  expect(outcomes.map((one) => one?.retryAfterSeconds)).toEqual([...Array(5).fill(undefined), 1]);
  clock.now += 1_000;
  expect([await failure(), (await failure())?.code]).toEqual([undefined, 'auth0-unavailable']);
  expect(asked).toHaveLength(6);
});

test('a token that is refused is not shown a second time', async () => {
  const { failure, refused, asked } = setUp(answer(401));
  expect(await failure()).toEqual(UNAVAILABLE);
  expect(refused).toEqual([undefined, 't-1']);
  expect(asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer t-1', 'Bearer t-2']);
});
