import { NOTICED_MS } from '../../../auth0-actions/post-login/fail-open-pause';
import { verifySignature } from '../../../events/signature';
import {
  type ALogin,
  aLogin,
  REQUEST,
  STATUS_SECRET,
  STATUS_SECRETS,
  TRANSACTION,
  withoutStatus,
} from '../helpers/a-login';
import { type ALoginApi, aLoginApi, saidBy } from '../helpers/a-login-api';
import { anAuth0User, PERSONAL, SIGNING_SECRET } from '../helpers/an-auth0-event';
import { bundledCode, FROZEN_AT, type LoadedAction, loadBundle } from '../helpers/load-bundle';
import { type Behaviour, type LoopbackApi, startLoopbackApi } from '../helpers/loopback-api';
import { AUDIENCE, REV, someSettings } from '../helpers/some-settings';

const CLAIM = 'https://punctual.dev/provisioning';
/** The route of the page itself, and the one beside it. */
const PAGE = '/v1/';
const READINESS = '/v1/readiness';
const HOUR_MS = 3_600_000;
const PASS = { rev: 'rev-of-pass-', jit: false };
const CRM_ONLY = { rev: 'rev-of-crm--', jit: ['crm'] };
const SETTINGS = { attributes: ['name'], rules: { github: PASS, employees: CRM_ONLY } };
const connection = (name: string) => ({ connection: { name, strategy: name } });

let code: string;
let withoutRequired: string;
let api: LoopbackApi;

beforeAll(async () => {
  const systems = someSettings().systems.map(({ name }) => ({ name, required: false }));
  code = await bundledCode(SETTINGS, 'punctual-post-login');
  withoutRequired = await bundledCode({ ...SETTINGS, systems }, 'punctual-post-login');
});
afterEach(() => api?.close());

const ANSWER = { all: false, settled: false, known: true, ready: ['crm'], failed: [] };
const ALL = { says: { ...ANSWER, all: true, settled: true, ready: ['crm', 'tickets'] } };
const WAITING = { says: ANSWER };
const SETTLED = { says: { ...ANSWER, settled: true } };
const FAILED = { says: { ...ANSWER, settled: true, failed: ['tickets'] } };
const UNKNOWN = { says: { ...ANSWER, known: false, ready: [] } };

interface Login extends ALoginApi {
  readonly action: LoadedAction;
  readonly claim: unknown;
  readonly said: Record<string, unknown> | undefined;
  /** What was called, in order. */
  readonly called: (string | undefined)[];
}

interface Situation {
  readonly behaviours?: readonly Behaviour[];
  readonly canRedirect?: boolean;
  readonly bundle?: string;
}

async function logIn(event: (url: string) => unknown, situation: Situation = {}): Promise<Login> {
  const { behaviours = [202, UNKNOWN], canRedirect = true, bundle = code } = situation;
  api = await startLoopbackApi(...behaviours);
  const action = loadBundle(bundle);
  const handed = aLoginApi({ now: FROZEN_AT, userId: anAuth0User().user_id, canRedirect });
  await expect(action.run(event(api.url), handed.api)).resolves.toBeUndefined();
  const [line] = action.lines;
  return {
    ...handed,
    ...{ action, claim: handed.idToken[CLAIM], called: api.calls.map(({ path }) => path) },
    said: line === undefined ? undefined : JSON.parse(line),
  };
}

const flagged = (flag?: unknown, overrides?: Record<string, unknown>) => (url: string) =>
  aLogin(url, flag, overrides);
const REQUESTED = { rev: REV, state: 'requested' };
const READY = { rev: REV, state: 'ready' };

describe('somebody who is ready', () => {
  test('calls nobody, writes nothing, prints nothing, and has it in both tokens', async () => {
    const login = await logIn(flagged(READY));
    expect(login).toMatchObject({ called: [], metadata: {}, redirects: [], claim: { state: 'ready' } });
    expect([login.accessToken, login.action.lines]).toEqual([{ [CLAIM]: { state: 'ready' } }, []]);
  });
});

describe('somebody of whom nothing is known', () => {
  test('is told of, flagged, and sent to the page once it answered, as a system is required', async () => {
    const login = await logIn(flagged());
    expect(login).toMatchObject({ called: ['/v1/events', PAGE], metadata: { punctual: REQUESTED } });
    expect(login.claim).toEqual({ state: 'requested', ready: [] });
    expect(login.redirects).toEqual([{ url: api.url, query: { session_token: expect.any(String) } }]);
    expect(login.said).toMatchObject({ code: 'emitted', asked: 'answered', sent: true });
  });

  test.each<[string, Behaviour, string]>([
    ['has too much to do', 429, 'refused'],
    ['is not there', 404, 'refused'],
    ['is out of order', 503, 'unavailable'],
    ['breaks', 'reset', 'unreachable'],
    ['leads elsewhere', 302, 'refused'],
    ['says something else', { says: { ready: true } }, 'refused'],
    ['never answers', 'hang', 'timed-out'],
  ])('is not sent to a page that %s: the login would end there', async (_, behaviour, asked) => {
    const login = await logIn(flagged(), { behaviours: [202, behaviour] });
    expect(login).toMatchObject({ metadata: { punctual: REQUESTED }, redirects: [] });
    expect(login.claim).toEqual({ state: 'requested' });
    expect(login.said).toMatchObject({ code: 'emitted', asked });
    expect(login.said).not.toHaveProperty('sent');
  });

  test('sees no page where all was settled before the question', async () => {
    const login = await logIn(flagged(), { behaviours: [202, ALL] });
    expect(login).toMatchObject({ metadata: { punctual: READY }, redirects: [] });
    expect(login.claim).toEqual({ state: 'ready', ready: ['crm', 'tickets'] });
  });

  test('is not sent anywhere where no system is required', async () => {
    const login = await logIn(flagged(), { bundle: withoutRequired });
    expect(login).toMatchObject({ called: ['/v1/events'], metadata: { punctual: REQUESTED }, redirects: [] });
  });

  test('is not sent anywhere where a browser cannot be', async () => {
    const login = await logIn(flagged(), { canRedirect: false });
    expect(login).toMatchObject({ called: ['/v1/events'], metadata: { punctual: REQUESTED }, redirects: [] });
  });

  test.each<[string, Behaviour]>([
    ['refuses', 403],
    ['breaks', 'reset'],
    ['is out of order', 503],
  ])('goes on without a flag and a page where the API %s', async (_, behaviour) => {
    const login = await logIn(flagged(), { behaviours: [behaviour] });
    expect(login).toMatchObject({ metadata: {}, redirects: [], claim: { state: 'unknown' } });
  });
});

describe('somebody who was there long before their first flag', () => {
  const user = anAuth0User({ created_at: '2024-02-29T09:00:00.000Z' });

  test('sees no page where they have all that is required', async () => {
    const login = await logIn(flagged(undefined, { user }), { behaviours: [202, SETTLED] });
    expect(login).toMatchObject({ called: ['/v1/events', PAGE], redirects: [] });
    expect(login.metadata).toEqual({ punctual: REQUESTED });
  });

  test('waits at the page where they have not', async () => {
    const login = await logIn(flagged(undefined, { user }), { behaviours: [202, UNKNOWN] });
    expect(login).toMatchObject({
      called: ['/v1/events', PAGE],
      metadata: { punctual: REQUESTED },
    });
    expect(login.redirects).toHaveLength(1);
  });

  test('asks beside the page where no browser can be sent there', async () => {
    const situation = { behaviours: [202, UNKNOWN], canRedirect: false };
    const login = await logIn(flagged(undefined, { user }), situation);
    expect(login).toMatchObject({ called: ['/v1/events', READINESS], redirects: [] });
  });

  test('makes one request where no system is required', async () => {
    const login = await logIn(flagged(undefined, { user }), { bundle: withoutRequired });
    expect(login.called).toEqual(['/v1/events']);
  });

  test('is new where Auth0 does not say when they came', async () => {
    const login = await logIn(flagged(undefined, { user: anAuth0User({ created_at: undefined }) }));
    expect(login.called).toEqual(['/v1/events', PAGE]);
    expect(login.redirects).toHaveLength(1);
  });
});

describe('somebody who was told of', () => {
  test('is ready once the status API says so, which is asked with a signature', async () => {
    const login = await logIn(flagged(REQUESTED), { behaviours: [ALL] });
    expect(login).toMatchObject({ called: [PAGE], metadata: { punctual: READY }, redirects: [] });
    expect(login.claim).toEqual({ state: 'ready', ready: ['crm', 'tickets'] });
    expect(login.said).toMatchObject({ code: 'answered', status: 200 });
    const { headers, body = '' } = api.calls[0] ?? {};
    expect(JSON.parse(body)).toEqual({
      ...{ user_id: anAuth0User().user_id, connection: 'google-oauth2' },
      created_at: '2026-11-20T09:00:00.000Z',
    });
    const header = (name: string) => String(headers?.[name]);
    const content = { id: header('webhook-id'), timestampSeconds: Math.floor(FROZEN_AT / 1000), body };
    expect(await verifySignature(SIGNING_SECRET, content, header('webhook-signature'))).toBe(true);
    expect(headers).not.toHaveProperty('x-api-key');
  });

  test('waits at the page while a required system does, and is not told of again', async () => {
    const login = await logIn(flagged(REQUESTED), { behaviours: [WAITING] });
    expect(login).toMatchObject({
      called: [PAGE],
      metadata: {},
      claim: { state: 'requested', ready: ['crm'] },
    });
    expect(login.redirects).toHaveLength(1);
  });

  test('waits for nobody where all that is required is ready', async () => {
    const login = await logIn(flagged(REQUESTED), { behaviours: [SETTLED] });
    expect(login).toMatchObject({
      called: [PAGE],
      metadata: {},
      redirects: [],
      claim: { state: 'requested' },
    });
  });

  test('is told of again where a required system failed, and sees so', async () => {
    const login = await logIn(flagged(REQUESTED), { behaviours: [FAILED, 202] });
    expect(login).toMatchObject({ called: [PAGE, '/v1/events'], metadata: {} });
    expect(login.claim).toEqual({ state: 'requested', ready: ['crm'], failed: ['tickets'] });
    expect(login.redirects).toHaveLength(1);
    expect(login.said).toMatchObject({ code: 'emitted', asked: 'answered', sent: true });
  });

  test('is told of again where no system knows them', async () => {
    const login = await logIn(flagged(REQUESTED), { behaviours: [UNKNOWN, 202] });
    expect(login.called).toEqual([PAGE, '/v1/events']);
    expect(login.redirects).toHaveLength(1);
  });

  test.each<[string, Behaviour]>([
    ['refuses', 401],
    ['is out of order', 500],
    ['breaks', 'reset'],
    ['leads elsewhere', 302],
    ['says something else', { says: { ready: true } }],
    ['says a list of objects', { says: { ...ANSWER, all: true, ready: [{}] } }],
    ['says nothing', { says: undefined }],
  ])('goes on where the status API %s, and nothing more is said of them', async (_, behaviour) => {
    const login = await logIn(flagged(REQUESTED), { behaviours: [behaviour] });
    expect(login).toMatchObject({ called: [PAGE], metadata: {}, redirects: [] });
    expect(login.claim).toEqual({ state: 'requested' });
  });

  test('is told of at each login where there is no status API', async () => {
    const login = await logIn((url) => withoutStatus(aLogin(url, REQUESTED)));
    expect(login).toMatchObject({
      called: ['/v1/events'],
      metadata: {},
      redirects: [],
      claim: { state: 'requested' },
    });
  });
});

describe('somebody of an earlier revision', () => {
  const EARLIER = { rev: 'rev-of-before', state: 'ready' };
  const later = (hours: number) => async (flag: unknown, situation: Situation) => {
    // The clock of the bundle stands still, so the revision is the one that is older.
    const since = new Date(FROZEN_AT - hours * HOUR_MS).toISOString();
    const bundle = (situation.bundle ?? code).replace(new Date(FROZEN_AT).toISOString(), since);
    return logIn(flagged(flag), { ...situation, bundle });
  };

  test('is not told of before it is their turn, and no more is said of them than is known', async () => {
    const login = await later(0)(EARLIER, {});
    expect(login).toMatchObject({ called: [], metadata: {}, redirects: [], claim: { state: 'unknown' } });
    expect(login.action.lines).toEqual([]);
  });

  test('is told of once the ramp is over, and ready at once where all is done', async () => {
    const login = await later(24)(EARLIER, { behaviours: [202, ALL] });
    expect(login).toMatchObject({ called: ['/v1/events', PAGE], metadata: { punctual: READY } });
    expect(login.redirects).toEqual([]);
  });

  test('does not wait for a new system that is not required', async () => {
    const login = await later(24)(EARLIER, { behaviours: [202, SETTLED] });
    expect(login).toMatchObject({ metadata: { punctual: REQUESTED }, redirects: [] });
  });

  test('waits for a new one that is', async () => {
    const login = await later(24)(EARLIER, { behaviours: [202, WAITING] });
    expect(login.redirects).toHaveLength(1);
  });

  test('makes one request where no system is required', async () => {
    const login = await later(24)(EARLIER, { bundle: withoutRequired });
    expect(login).toMatchObject({ called: ['/v1/events'], metadata: { punctual: REQUESTED } });
  });

  test('keeps their flag where the API does not take the event', async () => {
    const login = await later(24)(EARLIER, { behaviours: [503] });
    expect(login).toMatchObject({ metadata: {}, redirects: [], claim: { state: 'unknown' } });
  });
});

describe('a program, a refresh or a silent look', () => {
  test.each([
    ['a refresh', { transaction: { protocol: 'oauth2-refresh-token' } }],
    ['silent authentication', { request: { ...REQUEST, query: { prompt: 'none' } } }],
    ['a password grant', { transaction: { protocol: 'oauth2-password' } }],
    ['a token exchange', { transaction: { protocol: 'oauth2-token-exchange' } }],
  ])('%s calls nobody and writes nothing, and has what is known in its tokens', async (_, overrides) => {
    for (const [flag, state] of [
      [READY, 'ready'],
      [REQUESTED, 'requested'],
      [undefined, 'unknown'],
    ] as const) {
      const login = await logIn(flagged(flag, overrides));
      expect(login).toMatchObject({ called: [], metadata: {}, redirects: [], claim: { state } });
      expect(login.accessToken[CLAIM]).toEqual({ state });
      await api.close();
    }
  });
});

describe('a connection whose people', () => {
  test('pass without accounts calls nobody, leaves no flag, and says so', async () => {
    const login = await logIn(flagged(undefined, connection('github')));
    expect(login).toMatchObject({
      called: [],
      metadata: {},
      redirects: [],
      claim: { state: 'pass-through' },
    });
  });

  test('get accounts in some systems has a revision of its own, and waits only for those', async () => {
    const login = await logIn(flagged(undefined, connection('employees')));
    expect(login).toMatchObject({ called: ['/v1/events'], redirects: [] });
    expect(login.metadata).toEqual({ punctual: { rev: CRM_ONLY.rev, state: 'requested' } });
  });

  test('are switched on is told of at their next login, at once', async () => {
    const bundle = await bundledCode({ ...SETTINGS, rules: {} }, 'punctual-post-login');
    const login = await logIn(flagged(undefined, connection('github')), { bundle });
    expect(login.called).toEqual(['/v1/events', PAGE]);
  });

  test('is called as a property of every object is none', async () => {
    const login = await logIn(flagged(undefined, connection('constructor')));
    expect(login.metadata).toEqual({ punctual: REQUESTED });
  });
});

describe('the way to the page', () => {
  const tokenOf = ({ redirects }: Login) => saidBy(redirects[0]?.query.session_token ?? '');

  test('has a token that says where the login goes on, and nothing of the person but their id', async () => {
    const transaction = { ...TRANSACTION, ui_locales: ['de-AT', 'en'] };
    const login = await logIn(
      flagged(undefined, { transaction, organization: { id: 'org_1', name: 'acme' } }),
    );
    expect(tokenOf(login)).toEqual({
      ...{ sub: anAuth0User().user_id, iss: 'acme.eu.auth0.com', ip: '198.51.100.7' },
      ...{ exp: Math.floor(FROZEN_AT / 1000) + 300, purpose: 'status', at: FROZEN_AT },
      ...{ origin: 'https://login.acme.com', app: 'https://app.acme.com' },
      ...{ connection: 'google-oauth2', languages: 'de-AT en', created_at: '2026-11-20T09:00:00.000Z' },
    });
  });

  test('starts at the domain that the person sees, custom or not', async () => {
    const request = { ...REQUEST, hostname: 'ACME.eu.auth0.com' };
    expect(tokenOf(await logIn(flagged(undefined, { request }))).origin).toBe('https://acme.eu.auth0.com');
  });

  test.each([
    ['evil.example'],
    ['login.acme.com.evil.example'],
    ['login.acme.com:8443'],
    [''],
    [undefined],
    [7],
  ])('is not taken from the host %j, as nobody could come back to it', async (hostname) => {
    const login = await logIn(flagged(undefined, { request: { ...REQUEST, hostname } }));
    expect(login).toMatchObject({ called: ['/v1/events'], redirects: [], metadata: { punctual: REQUESTED } });
  });

  test.each([
    ['com.acme.app://callback', 'com.acme.app:'],
    ['http://localhost:3000/cb', 'http://localhost:3000'],
    ['javascript:alert(1)', undefined],
    ['no address', undefined],
    [undefined, undefined],
  ])('knows of the application at %s only its origin or scheme', async (redirect_uri, app) => {
    const login = await logIn(flagged(undefined, { transaction: { ...TRANSACTION, redirect_uri } }));
    expect(tokenOf(login).app).toBe(app);
  });

  test.each(['STATUS_URL', 'STATUS_SECRET', 'TENANT_ORIGINS'])('is not taken without %s', async (name) => {
    const without = (url: string) => {
      const { secrets, ...event } = aLogin(url);
      return { ...event, secrets: { ...secrets, [name]: '' } };
    };
    expect(await logIn(without)).toMatchObject({ called: ['/v1/events'], redirects: [] });
  });

  test('is not taken to an address without encryption, nor with a secret that is none', async () => {
    const login = (name: string, value: string) => (url: string) => {
      const { secrets, ...event } = aLogin(url);
      return { ...event, secrets: { ...secrets, [name]: value } };
    };
    expect((await logIn(login('STATUS_URL', 'http://status.example.com/'))).redirects).toEqual([]);
    await api.close();
    expect((await logIn(login('STATUS_SECRET', 'short'))).redirects).toEqual([]);
    await api.close();
    expect((await logIn(login('TENANT_ORIGINS', 'http://login.acme.com'))).redirects).toEqual([]);
  });
});

describe('an access token for the provisioning API', () => {
  const forApi = { resource_server: { identifier: AUDIENCE } };

  test('says who comes and by which connection; no other token does', async () => {
    const { accessToken, idToken } = await logIn(flagged(READY, forApi));
    const { user_id: _, user_metadata: __, app_metadata: ___, ...user } = anAuth0User();
    expect(accessToken).toEqual({
      [CLAIM]: { state: 'ready' },
      'https://punctual.dev/connection': { name: 'google-oauth2', strategy: 'google-oauth2' },
      'https://punctual.dev/user': user,
    });
    expect(Object.keys(idToken)).toEqual([CLAIM]);
    await api.close();
    const other = await logIn(flagged(READY, { resource_server: { identifier: 'https://api.acme.com' } }));
    expect(Object.keys(other.accessToken)).toEqual([CLAIM]);
  });

  test('says so at a refresh as well', async () => {
    const overrides = { ...forApi, transaction: { protocol: 'oauth2-refresh-token' } };
    const { accessToken } = await logIn(flagged(READY, overrides));
    expect(accessToken).toHaveProperty(['https://punctual.dev/user', 'email'], 'ada@example.com');
  });
});

describe('with everything behind it down', () => {
  const codesOf = ({ lines }: LoadedAction) => lines.map((line) => JSON.parse(line));

  test.each([
    ['somebody new', undefined],
    ['somebody who was told of', REQUESTED],
    ['somebody of an earlier revision', { rev: 'rev-of-before', state: 'ready' }],
  ])('%s waits once, for one budget, and nobody after them in that instance', async (_, flag) => {
    api = await startLoopbackApi('hang');
    const bundle = code.replace(new Date(FROZEN_AT).toISOString(), '2026-11-01T00:00:00.000Z');
    const action = loadBundle(bundle);
    const logIn = (one: unknown) => action.run(aLogin(api.url, one), aLoginApi({ now: FROZEN_AT }).api);
    const startedAt = performance.now();
    await logIn(flag);
    const waitedMs = performance.now() - startedAt;
    const others = [undefined, REQUESTED, { rev: 'rev-of-before', state: 'ready' }];
    for (const one of [...others, ...others]) await logIn(one);
    expect(waitedMs).toBeGreaterThan(1_450);
    // A busy machine comes late, and a second budget is another 1,500.
    expect(waitedMs).toBeLessThan(2_900);
    // The API that nobody asked yet is asked once, for as long as nobody notices.
    expect(performance.now() - startedAt - waitedMs).toBeLessThan(2 * NOTICED_MS);
    expect(api.calls).toHaveLength(2);
    const codes = codesOf(action).map(({ code }) => code);
    expect(codes.toSorted()).toEqual([...Array(5).fill('paused'), 'timed-out', 'timed-out']);
    expect([codes[0], ...codes.slice(4)]).toEqual(['timed-out', 'paused', 'paused', 'paused']);
  });

  test('a status API that hangs keeps nobody from being told of, and makes one login wait', async () => {
    api = await startLoopbackApi('hang', 202, 202);
    const action = loadBundle(code);
    await action.run(aLogin(api.url, REQUESTED), aLoginApi({ now: FROZEN_AT }).api);
    const startedAt = performance.now();
    for (let login = 0; login < 2; login += 1) {
      const handed = aLoginApi({ now: FROZEN_AT });
      await action.run(aLogin(api.url), handed.api);
      expect([handed.metadata, handed.redirects]).toEqual([{ punctual: REQUESTED }, []]);
    }
    expect(performance.now() - startedAt).toBeLessThan(NOTICED_MS);
    expect(codesOf(action).map(({ code, asked }) => [code, asked])).toEqual([
      ['timed-out', undefined],
      ['emitted', 'paused'],
      ['emitted', 'paused'],
    ]);
  });

  test('nobody is sent to a page while the pause lasts', async () => {
    api = await startLoopbackApi('hang');
    const action = loadBundle(code);
    const handed = aLoginApi({ now: FROZEN_AT });
    await action.run(aLogin(api.url), handed.api);
    await action.run(aLogin(api.url), handed.api);
    expect([handed.redirects, handed.metadata]).toEqual([[], {}]);
  });
});

describe('whatever the handed API does', () => {
  const explosive = new Proxy(
    {},
    {
      get: () => () => {
        throw new Error(`no ada@example.com ${STATUS_SECRET}`);
      },
    },
  );

  test.each(['idToken', 'accessToken', 'user', 'redirect', 'cache', 'access'])(
    'with a %s that throws the login goes on, and the event is sent',
    async (part) => {
      api = await startLoopbackApi(202, UNKNOWN);
      const action = loadBundle(code);
      const handed = { ...aLoginApi({ now: FROZEN_AT }).api, [part]: explosive };
      await expect(action.run(aLogin(api.url), handed)).resolves.toBeUndefined();
      expect(api.calls[0]?.path).toBe('/v1/events');
      const printed = action.lines.join();
      expect([...PERSONAL, ...STATUS_SECRETS].filter((text) => printed.includes(text))).toEqual([]);
    },
  );

  test('a claim that cannot be set keeps nobody from the page', async () => {
    const handed = aLoginApi({ now: FROZEN_AT });
    api = await startLoopbackApi(202, UNKNOWN);
    await loadBundle(code).run(aLogin(api.url), { ...handed.api, idToken: explosive });
    expect([handed.redirects.length, handed.metadata]).toEqual([1, { punctual: REQUESTED }]);
  });
});

test.each([
  [7],
  [null],
  ['ready'],
  [[]],
  [{ rev: REV }],
  [{ rev: REV, state: 'linked' }],
  [{ rev: 7, state: 'ready' }],
  [{ rev: 'x'.repeat(65), state: 'ready' }],
  [{ rev: '', state: 'ready' }],
  [{ rev: [REV], state: ['ready'] }],
  [
    {
      get rev() {
        throw new Error('no');
      },
    },
  ],
])('a flag that is none of ours (%#) is none: the person is told of', async (flag) => {
  const login = await logIn(flagged(flag));
  expect(login).toMatchObject({ called: ['/v1/events', PAGE], metadata: { punctual: REQUESTED } });
});

test('nothing personal and no secret is printed, whatever happens', async () => {
  const situations: [unknown, Behaviour[]][] = [
    [undefined, [202]],
    [REQUESTED, [FAILED, 202]],
    [REQUESTED, [ALL]],
    [undefined, [503]],
  ];
  for (const [flag, behaviours] of situations) {
    const { action } = await logIn(flagged(flag), { behaviours });
    expect(action.lines).toHaveLength(1);
    expect(action.lines[0]?.length).toBeLessThanOrEqual(256);
    expect([...PERSONAL, ...STATUS_SECRETS].filter((text) => action.lines.join().includes(text))).toEqual([]);
    await api.close();
  }
});

test('the event that tells of the login is the same in an organization', async () => {
  const organization = { id: 'org_1', name: 'acme', display_name: 'Acme', metadata: {} };
  const bodies: unknown[] = [];
  for (const overrides of [{}, { organization }]) {
    await logIn(flagged(undefined, overrides) as (url: string) => ALogin);
    bodies.push(api.calls[0]?.body);
    await api.close();
  }
  expect(bodies[0]).toBe(bodies[1]);
});

test('somebody who is ready waits for less than a millisecond, as the median of many logins', async () => {
  const action = loadBundle(code);
  const event = aLogin('https://api.example.com/v1/', READY, { resource_server: { identifier: AUDIENCE } });
  const { api: handed } = aLoginApi({ now: FROZEN_AT });
  const took: number[] = [];
  for (let login = 0; login < 2_000; login += 1) {
    const startedAt = performance.now();
    await action.run(event, handed);
    took.push(performance.now() - startedAt);
  }
  expect(took.toSorted((one, other) => one - other)[1_000]).toBeLessThan(1);
});
