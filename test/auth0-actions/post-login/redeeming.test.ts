import { NOTICED_MS } from '../../../auth0-actions/post-login/fail-open-pause';
import { writeHandle } from '../../../events/invitations/handle';
import { metadataOfInvited } from '../../../events/invitations/precreated';
import { verifySignature } from '../../../events/signature';
import { aLogin, REQUEST, STATUS_SECRETS } from '../helpers/a-login';
import { aLoginApi, saidBy } from '../helpers/a-login-api';
import { anAuth0User, PERSONAL, SIGNING_SECRET } from '../helpers/an-auth0-event';
import { bundledCode, FROZEN_AT, loadBundle } from '../helpers/load-bundle';
import { type Behaviour, type LoopbackApi, startLoopbackApi } from '../helpers/loopback-api';
import { NAMESPACE, REV } from '../helpers/some-settings';

const NOW_SECONDS = Math.floor(FROZEN_AT / 1000);
const ID = 'a'.repeat(22);
const aHandle = (fields: object = {}) =>
  writeHandle({
    ...{ id: ID, issuedAt: NOW_SECONDS - 60, expiresAt: NOW_SECONDS + 3_600, mac: 'm'.repeat(43), ...fields },
  });
const READY = { rev: REV, state: 'ready' };
const REQUESTED = { rev: REV, state: 'requested' };
const ROLES = `${NAMESPACE}roles`;
const READER = { authorization: { roles: ['reader'] } };
const SETTLED = { says: { all: true, settled: true, known: true, ready: [], failed: [] } };
const GITHUB = { name: 'github', strategy: 'github' };
const outcome = (said: unknown) => ({ says: { outcome: said } });
const AT = FROZEN_AT + 50;
const granted = (isThere: boolean) => ({
  says: { outcome: 'redeemed', grant: { roles: ['editor'], at: AT, isThere } },
});
const UNKNOWN = { says: { all: false, settled: false, known: false, ready: [], failed: [] } };

let code: string;
let api: LoopbackApi;

beforeAll(async () => {
  const rules = { github: { rev: 'rev-of-pass-', jit: false as const } };
  code = await bundledCode({ attributes: ['name'], hasInvitations: true, rules }, 'punctual-post-login');
});
afterEach(() => api?.close());

interface Situation {
  readonly behaviours?: readonly Behaviour[];
  /** What `ext-invitation` says. */
  readonly brings?: unknown;
  readonly metadata?: Record<string, unknown>;
  readonly overrides?: Record<string, unknown>;
  readonly secrets?: Record<string, string>;
  readonly canRedirect?: boolean;
}

async function logIn({
  behaviours = [outcome('redeemed')],
  metadata = { punctual: READY },
  ...given
}: Situation) {
  api = await startLoopbackApi(...behaviours);
  const action = loadBundle(code);
  const handed = aLoginApi({
    now: FROZEN_AT,
    userId: anAuth0User().user_id,
    canRedirect: given.canRedirect ?? true,
  });
  const query = given.brings === undefined ? {} : { 'ext-invitation': given.brings };
  const { secrets, ...event } = aLogin(api.url, undefined, {
    user: anAuth0User({ app_metadata: metadata }),
    request: { ...REQUEST, query: { ...REQUEST.query, ...query } },
    ...given.overrides,
  });
  const login = { ...event, secrets: { ...secrets, INVITATION_URL: api.url, ...given.secrets } };
  await expect(action.run(login, handed.api)).resolves.toBeUndefined();
  const printed = action.lines.join();
  const handle = typeof given.brings === 'string' && given.brings !== '' ? [given.brings] : [];
  expect([...PERSONAL, ...STATUS_SECRETS, ...handle].filter((text) => printed.includes(text))).toEqual([]);
  const [line] = action.lines;
  return {
    ...handed,
    ...{ called: api.calls.map(({ path }) => path), said: line === undefined ? undefined : JSON.parse(line) },
  };
}

test('nobody is asked of anything at the login of somebody who is ready and brings no invitation', async () => {
  expect(await logIn({})).toMatchObject({ called: [], metadata: {}, said: undefined });
});

describe('somebody who brings an invitation', () => {
  test('redeems it with one signed call, and is asked about at the next login', async () => {
    const login = await logIn({ brings: aHandle() });
    expect(login).toMatchObject({ called: ['/v1/redemption'], metadata: { punctual: REQUESTED } });
    expect(login.said).toMatchObject({ code: 'answered', status: 200, invitation: 'redeemed' });
    expect(login.idToken[`${NAMESPACE}provisioning`]).toEqual({ state: 'requested' });
    const { headers, body = '' } = api.calls[0] ?? {};
    const { user_metadata: _, app_metadata: __, ...user } = anAuth0User();
    expect(JSON.parse(body)).toEqual({
      ...{ handle: aHandle(), seenAt: FROZEN_AT, user },
      connection: { name: 'google-oauth2', strategy: 'google-oauth2' },
    });
    const header = (name: string) => String(headers?.[name]);
    const content = { id: header('webhook-id'), timestampSeconds: NOW_SECONDS, body };
    expect(await verifySignature(SIGNING_SECRET, content, header('webhook-signature'))).toBe(true);
  });

  test('is told of as well where they are new, before it is redeemed', async () => {
    const behaviours = [202, UNKNOWN, outcome('redeemed')];
    const login = await logIn({ brings: aHandle(), metadata: {}, behaviours });
    expect(login.called).toEqual(['/v1/events', '/v1/', '/v1/redemption']);
    expect(login).toMatchObject({ metadata: { punctual: REQUESTED }, said: { invitation: 'redeemed' } });
    expect(login.redirects).toHaveLength(1);
  });

  test('redeems it where their connection brings no accounts, and has no flag for it', async () => {
    const login = await logIn({ brings: aHandle(), metadata: {}, overrides: { connection: GITHUB } });
    expect(login).toMatchObject({ called: ['/v1/redemption'], metadata: {} });
    expect(login.idToken[`${NAMESPACE}provisioning`]).toEqual({ state: 'pass-through' });
  });

  test.each([
    'invitation-expired',
    'invitation-revoked',
    'invitation-used',
    'invitation-unknown',
    'wrong-account',
    'address-unverified',
  ])('is let in, and nothing is kept, where it is %s', async (said) => {
    const login = await logIn({ brings: aHandle(), behaviours: [outcome(said)] });
    expect(login).toMatchObject({ metadata: {}, denied: [], said: { code: 'answered', invitation: said } });
    expect(login.idToken[`${NAMESPACE}provisioning`]).toEqual({ state: 'ready' });
  });

  test.each<[string, Behaviour, string]>([
    ['is out of order', 503, 'unavailable'],
    ['has too much to do', 429, 'refused'],
    ['breaks', 'reset', 'unreachable'],
    ['never answers', 'hang', 'timed-out'],
    ['says that it cannot now', outcome('unavailable'), 'refused'],
    ['says something else', outcome('granted'), 'refused'],
    ['says no text', outcome({}), 'refused'],
    ['leads elsewhere', 302, 'refused'],
  ])('keeps it for the next login where the API %s', async (_, behaviour, invitation) => {
    const login = await logIn({ brings: aHandle(), behaviours: [behaviour] });
    const punctual_invitation = { handle: aHandle(), seenAt: FROZEN_AT };
    expect(login.metadata).toEqual({ punctual_invitation });
    expect(login).toMatchObject({ denied: [], said: { invitation } });
  });

  test.each<[string, unknown]>([
    ['the token of a mail', `${ID}.${'s'.repeat(43)}`],
    ['a text of somebody', 'a@example.com'],
    ['nothing', ''],
    ['a list', [aHandle()]],
    ['a handle whose invitation is over', aHandle({ expiresAt: NOW_SECONDS })],
    ['a handle and more', `${aHandle()}.x`],
  ])('asks nobody with %s', async (_, brings) => {
    expect(await logIn({ brings })).toMatchObject({ called: [], metadata: {} });
  });

  test.each([
    ['a refresh', { transaction: { protocol: 'oauth2-refresh-token' } }],
    ['a silent look', { request: { ...REQUEST, query: { prompt: 'none', 'ext-invitation': aHandle() } } }],
  ])('%s redeems nothing', async (_, overrides) => {
    expect(await logIn({ brings: aHandle(), overrides })).toMatchObject({ called: [], metadata: {} });
  });

  test('asks nobody where there are no invitations', async () => {
    const login = await logIn({ brings: aHandle(), secrets: { INVITATION_URL: '' } });
    expect(login).toMatchObject({ called: [], metadata: {} });
  });
});

describe('somebody whose invitation was kept', () => {
  const kept = { handle: aHandle(), seenAt: FROZEN_AT - 86_400_000 };
  const metadata = { punctual: READY, punctual_invitation: kept };

  test('redeems it at their next login, as of when they brought it', async () => {
    const login = await logIn({ metadata });
    expect(login.called).toEqual(['/v1/redemption']);
    expect(JSON.parse(api.calls[0]?.body ?? '')).toMatchObject(kept);
    expect(login.metadata).toEqual({ punctual: REQUESTED, punctual_invitation: null });
  });

  test('has the role in this login, as nobody else shows that it is on its way', async () => {
    const login = await logIn({ metadata, behaviours: [granted(true)] });
    expect(JSON.parse(api.calls[0]?.body ?? '')).toHaveProperty('waitUntil');
    expect(login.idToken[ROLES]).toEqual(['editor']);
  });

  test('keeps it as it is while the API is away: nothing is written', async () => {
    expect((await logIn({ metadata, behaviours: [503] })).metadata).toEqual({});
  });

  test('is not asked about once it is over', async () => {
    const over = { ...kept, handle: aHandle({ expiresAt: NOW_SECONDS - 1 }) };
    const login = await logIn({ metadata: { ...metadata, punctual_invitation: over } });
    expect(login).toMatchObject({ called: [], metadata: {} });
  });

  test('is not asked about for ever where somebody made a handle up and the API stays away', async () => {
    const handle = aHandle({ expiresAt: 999_999_999_999 });
    const old = { handle, seenAt: FROZEN_AT - 32 * 86_400_000 };
    const login = await logIn({ metadata: { ...metadata, punctual_invitation: old }, behaviours: [503] });
    expect(login).toMatchObject({ called: [], metadata: {} });
  });

  test.each(['redeemed', 'invitation-unknown'])(
    'has the one that they bring now go first, whatever comes of it (%s), and theirs wait for the next login',
    async (said) => {
      const brings = aHandle({ id: 'b'.repeat(22) });
      const login = await logIn({ metadata, brings, behaviours: [outcome(said)] });
      expect(JSON.parse(api.calls[0]?.body ?? '')).toMatchObject({ handle: brings, seenAt: FROZEN_AT });
      expect(login.metadata).not.toHaveProperty('punctual_invitation');
    },
  );

  test('redeems it once where they bring another handle of it', async () => {
    const login = await logIn({ metadata, brings: aHandle({ issuedAt: NOW_SECONDS - 1 }) });
    expect(login.metadata).toMatchObject({ punctual_invitation: null });
  });

  test('has the newer one kept where neither could be redeemed', async () => {
    const handle = aHandle({ id: 'b'.repeat(22) });
    const login = await logIn({ metadata, brings: handle, behaviours: [503] });
    expect(login.metadata).toEqual({ punctual_invitation: { handle, seenAt: FROZEN_AT } });
  });

  test.each([[7], ['x'], [null], [{}], [{ handle: kept.handle }], [{ ...kept, seenAt: '1' }], [[kept]]])(
    'has none where %j is kept',
    async (punctual_invitation) => {
      const login = await logIn({ metadata: { punctual: READY, punctual_invitation } });
      expect(login).toMatchObject({ called: [], metadata: {} });
    },
  );
});

describe('somebody who was made for an invitation', () => {
  const metadata = { punctual: READY, ...metadataOfInvited(ID) };

  test('redeems it with their first login, and is not invited any more', async () => {
    const login = await logIn({ metadata });
    expect(JSON.parse(api.calls[0]?.body ?? '')).toMatchObject({ invitation: ID, seenAt: FROZEN_AT });
    expect(login.metadata).toEqual({ punctual: REQUESTED, punctual_invitation: null, status: null });
  });

  test('lets the API wait for the role, within the budget of the login, and has it at once', async () => {
    const login = await logIn({ metadata, behaviours: [granted(true)], overrides: READER });
    const { waitUntil } = JSON.parse(api.calls[0]?.body ?? '');
    expect(waitUntil - FROZEN_AT).toBe(1_000);
    expect(login).toMatchObject({ called: ['/v1/redemption'], redirects: [] });
    expect(login.idToken[ROLES]).toEqual(['reader', 'editor']);
  });

  test('goes to the status page while the role is on its way, where there is one', async () => {
    const login = await logIn({ metadata, behaviours: [granted(false), SETTLED], overrides: READER });
    expect(login.called).toEqual(['/v1/redemption', '/v1/']);
    expect(login.redirects.map(({ query }) => saidBy(query.session_token ?? '').grant)).toEqual([
      { roles: ['editor'], at: AT },
    ]);
    expect(login.idToken[ROLES]).toEqual(['reader']);
    expect(login.said).toMatchObject({ invitation: 'redeemed', sent: true });
  });

  test.each<[string, Partial<Situation>, string[]]>([
    ['the page does not answer', { behaviours: [granted(false), 503] }, ['/v1/redemption', '/v1/']],
    ['there is none', { secrets: { STATUS_URL: '' } }, ['/v1/redemption']],
    ['the login cannot be led anywhere', { canRedirect: false }, ['/v1/redemption']],
  ])('goes on without it where %s', async (_, given, called) => {
    const login = await logIn({ metadata, behaviours: [granted(false)], overrides: READER, ...given });
    expect(login).toMatchObject({ called, redirects: [], denied: [] });
    expect(login.idToken[ROLES]).toEqual(['reader']);
    expect(login.metadata).toMatchObject({ status: null });
  });

  test.each([
    ['is on its way', false],
    ['is there already, so that it is not lost on the way back', true],
  ])('waits on one page for it and for the accounts, where it %s', async (_, isThere) => {
    const behaviours = [202, UNKNOWN, granted(isThere)];
    const login = await logIn({ metadata: metadataOfInvited(ID), behaviours });
    expect(login.called).toEqual(['/v1/events', '/v1/', '/v1/redemption']);
    expect(login.redirects.map(({ query }) => saidBy(query.session_token ?? '').grant)).toEqual([
      { roles: ['editor'], at: AT },
    ]);
  });

  test.each([[7], [{}], [{ roles: 'editor', at: AT }], [{ roles: ['editor'], at: 'now' }], [null]])(
    'is redeemed where the API grants %j, and nothing more',
    async (grant) => {
      const login = await logIn({ metadata, behaviours: [{ says: { outcome: 'redeemed', grant } }] });
      expect(login).toMatchObject({
        called: ['/v1/redemption'],
        redirects: [],
        said: { invitation: 'redeemed' },
      });
    },
  );

  test('stays invited while nobody answers, and with what they brought', async () => {
    const other = aHandle({ id: 'b'.repeat(22) });
    expect((await logIn({ metadata, behaviours: [503] })).metadata).toEqual({});
    await api.close();
    const login = await logIn({ metadata, behaviours: [503], brings: other });
    expect(login.metadata).toEqual({
      punctual_invitation: { id: ID, handle: other, seenAt: FROZEN_AT },
    });
    await api.close();
    // One invitation a login: the other one comes with the next.
    expect((await logIn({ metadata, brings: other })).metadata).toEqual({ punctual: REQUESTED });
  });

  test('comes by the link of the same invitation, and redeems it once', async () => {
    const login = await logIn({ metadata, brings: aHandle() });
    expect(login.called).toEqual(['/v1/redemption']);
    expect(login.metadata).toEqual({ punctual: REQUESTED, punctual_invitation: null, status: null });
  });

  test('is somebody who came, also where the invitation is over', async () => {
    const login = await logIn({ metadata, behaviours: [outcome('invitation-expired')] });
    expect(login.metadata).toEqual({ punctual_invitation: null, status: null });
  });
});

test('an API of invitations that hangs pauses nobody else, and makes one login wait', async () => {
  api = await startLoopbackApi('hang', 202, UNKNOWN);
  const action = loadBundle(code);
  const run = async (metadata: object) => {
    const user = anAuth0User({ app_metadata: metadata });
    const request = { ...REQUEST, query: { 'ext-invitation': aHandle() } };
    const { secrets, ...event } = aLogin(api.url, undefined, { user, request });
    const startedAt = performance.now();
    const { api: handed } = aLoginApi({ now: FROZEN_AT });
    await action.run({ ...event, secrets: { ...secrets, INVITATION_URL: api.url } }, handed);
    return performance.now() - startedAt;
  };
  expect(await run({ punctual: READY })).toBeGreaterThan(1_400);
  expect(await run({ punctual: READY })).toBeLessThan(NOTICED_MS);
  expect(await run({})).toBeLessThan(NOTICED_MS);
  const said = action.lines.map((line) => JSON.parse(line));
  expect(said.map(({ code, invitation }) => [code, invitation])).toEqual([
    ['timed-out', 'timed-out'],
    ['paused', 'paused'],
    ['emitted', 'paused'],
  ]);
});

describe('the roles in a token', () => {
  test('are those that Auth0 names, at a refresh and on the way back as well', async () => {
    const authorization = { roles: ['editor', 7, 'reader'] };
    const refresh = { authorization, transaction: { protocol: 'oauth2-refresh-token' } };
    for (const overrides of [{ authorization }, refresh]) {
      const login = await logIn({ overrides });
      expect([login.idToken[ROLES], login.accessToken[ROLES]]).toEqual([
        ['editor', 'reader'],
        ['editor', 'reader'],
      ]);
      await api.close();
    }
    const handed = aLoginApi({ now: FROZEN_AT });
    await loadBundle(code).run(aLogin(api.url, READY, { authorization }), handed.api, 'onContinuePostLogin');
    expect(handed.idToken[ROLES]).toEqual(['editor', 'reader']);
  });

  test.each([[undefined], [null], [{ roles: 'editor' }], [{}]])(
    'are not said where Auth0 says %j',
    async (authorization) => {
      expect((await logIn({ overrides: { authorization } })).idToken).not.toHaveProperty([ROLES]);
    },
  );

  test('are said where people are invited, and nowhere else', async () => {
    const handed = aLoginApi({ now: FROZEN_AT });
    const bundle = await bundledCode({}, 'punctual-post-login');
    await loadBundle(bundle).run(
      aLogin('https://api.example.com/v1/', READY, { authorization: { roles: ['editor'] } }),
      handed.api,
    );
    expect(handed.idToken).not.toHaveProperty([ROLES]);
  });
});
