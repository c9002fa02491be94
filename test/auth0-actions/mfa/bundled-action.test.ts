import type { MfaSettings } from '../../../auth0-actions/mfa/mfa-settings';
import { aLogin, REQUEST } from '../helpers/a-login';
import { anAuth0User } from '../helpers/an-auth0-event';
import { HOSTILE_EVENTS } from '../helpers/hostile-events';
import { bundledCode, loadBundle } from '../helpers/load-bundle';
import { SOME_MFA } from '../helpers/some-settings';

const rules = { github: { rev: 'rev-of-pass-', jit: false } };
const bundles = new Map<string, Promise<string>>();

/** One bundle for each way of asking. */
function bundleOf(mfa: Partial<MfaSettings>): Promise<string> {
  const key = JSON.stringify(mfa);
  const known = bundles.get(key) ?? bundledCode({ rules, mfa: { ...SOME_MFA, ...mfa } }, 'punctual-mfa');
  bundles.set(key, known);
  return known;
}

interface Asked {
  readonly challenge?: readonly string[];
  readonly enroll?: readonly string[];
}

/** What is asked of somebody, and what is printed. */
async function ask(event: unknown, mfa: Partial<MfaSettings> = {}): Promise<Asked> {
  const asked: Record<string, string[]> = {};
  const noted = (what: string) => (factors: { type: string }[]) => {
    asked[what] = factors.map(({ type }) => type);
  };
  const api = { authentication: { challengeWithAny: noted('challenge'), enrollWithAny: noted('enroll') } };
  const action = loadBundle(await bundleOf(mfa), { fetch: undefined, crypto: undefined });
  await expect(action.run(event, api)).resolves.toBeUndefined();
  expect(action.lines).toEqual([]);
  return asked;
}

const login = (enrolled: readonly string[] = [], overrides: Record<string, unknown> = {}) =>
  aLogin('https://api.example.com/v1/', undefined, {
    user: anAuth0User({ enrolledFactors: enrolled.map((type) => ({ type })) }),
    authentication: { methods: [{ name: 'pwd', timestamp: '2026-11-20T09:00:00Z' }] },
    ...overrides,
  });
const methods = (...names: string[]) => ({ authentication: { methods: names.map((name) => ({ name })) } });
const connection = (name: string) => ({ connection: { name, strategy: name } });

test('who has a usable factor is challenged with it, in the order of the configuration', async () => {
  expect(await ask(login(['phone', 'recovery-code', 'otp']))).toEqual({
    challenge: ['otp', 'recovery-code'],
  });
});

test('who has none sets one up, as a challenge would fail the login', async () => {
  expect(await ask(login())).toEqual({ enroll: ['otp', 'webauthn-roaming'] });
  expect(await ask(login(['phone']))).toEqual({ enroll: ['otp', 'webauthn-roaming'] });
  expect(await ask(login([], { user: anAuth0User() }))).toEqual({ enroll: ['otp', 'webauthn-roaming'] });
});

test('who has none goes on where the policy says so', async () => {
  expect(await ask(login(), { policy: 'enrolled' })).toEqual({});
  expect(await ask(login(['otp']), { policy: 'enrolled' })).toEqual({ challenge: ['otp'] });
});

test('nobody is asked twice in a session', async () => {
  expect(await ask(login(['otp'], methods('pwd', 'mfa')))).toEqual({});
});

test.each<[string, unknown, Partial<MfaSettings>]>([
  ['who passes without accounts', login(['otp'], connection('github')), {}],
  ['whose provider asks itself', login(['otp'], connection('okta')), { upstream: ['okta'] }],
  [
    'who comes from any other provider that asks',
    login(['otp'], methods('federated')),
    { upstream: 'federated' },
  ],
  ['whose connection is not named', login(['otp'], connection('okta')), { connections: ['google-oauth2'] }],
])('%s is not asked', async (_, event, mfa) => {
  expect(await ask(event, mfa)).toEqual({});
});

test.each<[string, unknown, Partial<MfaSettings>]>([
  ['whose provider may have asked, as nobody said that it does', login(['otp'], methods('federated')), {}],
  ['of another connection than those that ask', login(['otp']), { upstream: ['okta'] }],
  ['with a password, where only federated ones are trusted', login(['otp']), { upstream: 'federated' }],
  ['whose connection is named', login(['otp'], connection('okta')), { connections: ['okta'] }],
])('somebody %s is asked', async (_, event, mfa) => {
  expect(await ask(event, mfa)).toEqual({ challenge: ['otp'] });
});

test.each([
  ['a refresh', { transaction: { protocol: 'oauth2-refresh-token' } }],
  ['silent authentication', { request: { ...REQUEST, query: { prompt: 'none' } } }],
  ['a password grant', { transaction: { protocol: 'oauth2-password' } }],
  ['a token exchange', { transaction: { protocol: 'oauth2-token-exchange' } }],
])('%s is nobody who could be asked', async (_, overrides) => {
  expect(await ask(login(['otp'], overrides))).toEqual({});
});

test.each(HOSTILE_EVENTS)('%s breaks no login', async (_, event) => {
  await ask(event);
});

test('an API that throws breaks no login, and is told of', async () => {
  const action = loadBundle(await bundleOf({}));
  await expect(action.run(login(['otp']), {})).resolves.toBeUndefined();
  expect(action.lines).toEqual(['{"punctual":"mfa","code":"unexpected","ms":0}']);
});
