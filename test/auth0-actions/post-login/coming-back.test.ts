import { aLogin, RETURN_SECRET, STATUS_SECRET, STATUS_SECRETS } from '../helpers/a-login';
import { aLoginApi, aToken } from '../helpers/a-login-api';
import { anAuth0User, PERSONAL } from '../helpers/an-auth0-event';
import { bundledCode, FROZEN_AT, loadBundle } from '../helpers/load-bundle';
import { AUDIENCE, REV } from '../helpers/some-settings';

const CLAIM = 'https://punctual.dev/provisioning';
const REQUESTED = { rev: REV, state: 'requested' };
const READY = { rev: REV, state: 'ready' };
const EMPLOYEES = { connection: { name: 'employees', strategy: 'okta' } };
const rules = {
  github: { rev: 'rev-of-pass-', jit: false },
  employees: { rev: 'rev-of-crm--', jit: ['crm'] },
};

let going: string;
let stopping: string;

beforeAll(async () => {
  going = await bundledCode({ rules }, 'punctual-post-login');
  stopping = await bundledCode({ rules, stopsOnFailed: true }, 'punctual-post-login');
});

/** What the page says, in a token that is good for a minute. */
function aReturn(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  const seconds = Math.floor(FROZEN_AT / 1000);
  return {
    ...{ purpose: 'return', sub: anAuth0User().user_id, iss: 'acme.eu.auth0.com', state: 'state-1' },
    connection: 'google-oauth2',
    ...{ iat: seconds, exp: seconds + 60, all: true, ready: ['crm', 'tickets'], failed: [], waiting: [] },
    ...overrides,
  };
}

interface Return {
  readonly token?: string;
  readonly said?: Record<string, unknown>;
  readonly flag?: unknown;
  readonly overrides?: Record<string, unknown>;
  readonly code?: string;
}

async function comeBack({ said, flag = REQUESTED, overrides = {}, code = going, ...rest }: Return) {
  const token = rest.token ?? aToken(RETURN_SECRET, aReturn(said));
  const posted = { punctual_token: token, session_token: aToken(RETURN_SECRET, aReturn()) };
  const handed = aLoginApi({ now: FROZEN_AT, posted });
  const action = loadBundle(code, { fetch: () => Promise.reject(new Error('Nobody is to be called')) });
  const event = aLogin('https://api.example.com/v1/', flag, overrides);
  await expect(action.run(event, handed.api, 'onContinuePostLogin')).resolves.toBeUndefined();
  expect(action.lines).toHaveLength(1);
  const printed = action.lines.join();
  expect([...PERSONAL, ...STATUS_SECRETS].filter((text) => printed.includes(text))).toEqual([]);
  return { ...handed, claim: handed.idToken[CLAIM], outcome: JSON.parse(action.lines[0] ?? '').code };
}

test('somebody for whom all is ready is flagged so, and has it in both tokens', async () => {
  const login = await comeBack({});
  const claim = { state: 'ready', ready: ['crm', 'tickets'] };
  expect(login).toMatchObject({ metadata: { punctual: READY }, denied: [], outcome: 'returned', claim });
  expect(login.accessToken[CLAIM]).toEqual(claim);
});

test('somebody who pressed Continue, or met the deadline, goes on as requested, and nothing is written', async () => {
  const login = await comeBack({ said: { all: false, ready: ['crm'], waiting: ['tickets'] } });
  expect(login).toMatchObject({ metadata: {}, denied: [], claim: { state: 'requested', ready: ['crm'] } });
});

test('who has all that one connection brings has not all of another', async () => {
  const login = await comeBack({ overrides: EMPLOYEES });
  expect(login).toMatchObject({ metadata: {}, outcome: 'bad-return', claim: { state: 'unknown' } });
  const own = await comeBack({ overrides: EMPLOYEES, said: { connection: 'employees' } });
  expect(own.metadata).toEqual({ punctual: { rev: rules.employees.rev, state: 'ready' } });
});

test('while the secret is rotated, what either key signed is believed', async () => {
  const { secrets } = aLogin('https://api.example.com/v1/') as { secrets: object };
  const other = 'O'.repeat(44);
  for (const RETURN_SECRETS of [`${other} ${RETURN_SECRET}`, `${RETURN_SECRET} ${other}`]) {
    const overrides = { secrets: { ...secrets, RETURN_SECRET: RETURN_SECRETS } };
    expect((await comeBack({ overrides })).outcome).toBe('returned');
    const forged = aToken('X'.repeat(44), aReturn());
    expect((await comeBack({ overrides, token: forged })).outcome).toBe('bad-return');
  }
});

describe('the roles in a token', () => {
  const ROLES = 'https://punctual.dev/roles';

  test.each<[string, object, unknown, string[]]>([
    ['those that were given meanwhile', {}, ['editor'], ['editor']],
    [
      'those and the ones from before',
      { authorization: { roles: ['reader', 'editor'] } },
      ['editor'],
      ['reader', 'editor'],
    ],
    ['the ones from before', { authorization: { roles: ['reader'] } }, [7], ['reader']],
  ])('are %s', async (_, overrides, roles, expected) => {
    const code = await bundledCode({ rules, hasInvitations: true }, 'punctual-post-login');
    const login = await comeBack({ said: { roles }, code, overrides: { ...overrides } });
    expect([login.idToken[ROLES], login.accessToken[ROLES]]).toEqual([expected, expected]);
  });

  test('are not said where nobody is invited', async () => {
    expect((await comeBack({ said: { roles: ['editor'] } })).idToken).not.toHaveProperty([ROLES]);
  });
});

test('a ready flag is not written again', async () => {
  expect((await comeBack({ flag: READY })).metadata).toEqual({});
});

test('a token for the provisioning API says who came here as well', async () => {
  const { accessToken } = await comeBack({ overrides: { resource_server: { identifier: AUDIENCE } } });
  expect(accessToken).toHaveProperty(['https://punctual.dev/connection', 'name'], 'google-oauth2');
});

describe('a required system that failed', () => {
  const said = { all: false, ready: ['crm'], failed: ['tickets'] };

  test('is said in the claim, and the login goes on', async () => {
    const login = await comeBack({ said });
    const claim = { state: 'requested', ready: ['crm'], failed: ['tickets'] };
    expect(login).toMatchObject({ denied: [], claim, outcome: 'returned' });
  });

  test('ends the login where the configuration says so, in words that tell nothing of us', async () => {
    const login = await comeBack({ said, code: stopping });
    expect(login).toMatchObject({ metadata: {}, outcome: 'denied' });
    expect(login.denied).toEqual([expect.stringMatching(/^[A-Z][\w .]+\.$/)]);
    expect(login.denied.join()).not.toMatch(/tickets|punctual/i);
  });

  test.each<[string, Return]>([
    ['that is not required here', { said: { ...said, failed: ['crm', 'nobody'] } }],
    ['that still waits', { said: { all: false, failed: [], waiting: ['tickets'] } }],
    [
      'in which the connection gives no account',
      { said: { ...said, connection: 'employees' }, overrides: EMPLOYEES },
    ],
    ['for somebody who passes', { said, overrides: { connection: { name: 'github', strategy: 'github' } } }],
    ['by a token that nobody signed', { token: aToken('somebody', aReturn(said)) }],
  ])('%s ends none', async (_, given) => {
    expect((await comeBack({ ...given, code: stopping })).denied).toEqual([]);
  });
});

describe('nothing is believed, and the login goes on, with', () => {
  const seconds = Math.floor(FROZEN_AT / 1000);

  test.each<[string, string]>([
    ['no token', ''],
    ['a token that is none', 'a.b.c'],
    ['a token of somebody else', aToken('somebody-elses-secret-0123456789abcdefghij', aReturn())],
    ['the token that led to the page', aToken(STATUS_SECRET, aReturn({ purpose: 'status' }))],
    ['a token signed with the other secret', aToken(STATUS_SECRET, aReturn())],
    ['a ticket for the socket', aToken(RETURN_SECRET, aReturn({ purpose: 'ticket' }))],
    ['a token without a purpose', aToken(RETURN_SECRET, aReturn({ purpose: undefined }))],
    ["another person's token", aToken(RETURN_SECRET, aReturn({ sub: 'auth0|other' }))],
    ['a token without a person', aToken(RETURN_SECRET, aReturn({ sub: undefined }))],
    ['the token of another connection', aToken(RETURN_SECRET, aReturn({ connection: 'employees' }))],
    ['a token that names no connection', aToken(RETURN_SECRET, aReturn({ connection: undefined }))],
    ['the token of another login', aToken(RETURN_SECRET, aReturn({ state: 'state-2' }))],
    ['an old token', aToken(RETURN_SECRET, aReturn({ exp: seconds }))],
    ['a token that never ends', aToken(RETURN_SECRET, aReturn({ exp: undefined }))],
    ['a token that says something else', aToken(RETURN_SECRET, aReturn({ all: 'yes' }))],
    ['a token whose lists are none', aToken(RETURN_SECRET, aReturn({ ready: 'tickets' }))],
    ['a token of long names', aToken(RETURN_SECRET, aReturn({ ready: ['x'.repeat(5000)] }))],
    ['a token of many names', aToken(RETURN_SECRET, aReturn({ failed: Array(5000).fill('tickets') }))],
  ])('%s', async (_, token) => {
    for (const code of [going, stopping]) {
      const login = await comeBack({ token, code });
      expect(login).toMatchObject({ metadata: {}, denied: [], outcome: 'bad-return' });
      expect(login.claim).toEqual({ state: 'requested' });
    }
  });

  test('a secret that is missing', async () => {
    const { secrets } = aLogin('https://api.example.com/v1/');
    const login = await comeBack({ overrides: { secrets: { ...secrets, RETURN_SECRET: '' } } });
    expect(login).toMatchObject({ metadata: {}, outcome: 'bad-return' });
  });

  test('an API that answers with what Auth0 never would', async () => {
    const explosive = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    );
    for (const answer of [undefined, null, 7, 'text', [], explosive, { purpose: 'return' }]) {
      const handed = aLoginApi({ now: FROZEN_AT });
      const redirect = { ...handed.api.redirect, validateToken: () => answer };
      const event = aLogin('https://api.example.com/v1/', REQUESTED);
      await loadBundle(stopping).run(event, { ...handed.api, redirect }, 'onContinuePostLogin');
      expect([handed.metadata, handed.denied, handed.idToken[CLAIM]]).toEqual([
        {},
        [],
        { state: 'requested' },
      ]);
    }
  });
});

test('claims name no more systems than are configured', async () => {
  const said = { all: false, ready: ['crm', 'of-another-stack'], failed: ['nobody'] };
  expect((await comeBack({ said })).claim).toEqual({ state: 'requested', ready: ['crm'] });
});

test('somebody who passes without accounts stays so, whatever they bring along', async () => {
  const login = await comeBack({ overrides: { connection: { name: 'github', strategy: 'github' } } });
  expect(login).toMatchObject({ metadata: {}, claim: { state: 'pass-through' } });
});

test.each([[undefined], [null], [7], [{}], [{ user: null }]])(
  'an event that is %j breaks no login',
  async (event) => {
    const handed = aLoginApi({ now: FROZEN_AT });
    await expect(loadBundle(stopping).run(event, handed.api, 'onContinuePostLogin')).resolves.toBeUndefined();
    await expect(loadBundle(stopping).run(event, undefined, 'onContinuePostLogin')).resolves.toBeUndefined();
    expect([handed.metadata, handed.denied]).toEqual([{}, []]);
  },
);
