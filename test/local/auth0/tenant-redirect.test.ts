import { decodeJwt, SignJWT } from 'jose';
import { aBrowser } from '../../helpers/a-browser';
import { type APerson, aPerson, heard, postToken } from './helpers/a-person';
import { type ATenant, aTenant, DOMAIN } from './helpers/a-tenant';

let tenant: ATenant;
/** Of who was sent away last. */
let adasId: string;
afterEach(() => tenant?.stop());

const PAGE = 'http://127.0.0.1:9/page';

/** Sends the browser away with a token, and takes what comes back. */
const REDIRECTING = `
exports.onExecutePostLogin = async (event, api) => {
  console.log('execute ' + api.redirect.canRedirect());
  api.user.setAppMetadata('state', 'requested');
  const token = api.redirect.encodeToken({ secret: 'out', payload: { purpose: 'status' }, expiresInSeconds: 60 });
  api.redirect.sendUserTo('${PAGE}', { query: { session_token: token } });
};
exports.onContinuePostLogin = async (event, api) => {
  console.log('continue ' + event.request.method + ' ' + event.user.app_metadata.state);
  try {
    const { ready } = api.redirect.validateToken({ secret: 'back', tokenParameterName: 'back_token' });
    api.idToken.setCustomClaim('https://acme.com/ready', ready);
  } catch (error) {
    console.log(error.message);
  }
};`;

const BEFORE = `exports.onExecutePostLogin = async () => console.log('before');`;
const AFTER = `exports.onExecutePostLogin = async (event) => console.log('after ' + event.request.hostname);`;

async function redirected(): Promise<{ ada: APerson; query: URLSearchParams; state: string }> {
  tenant = await aTenant([BEFORE, REDIRECTING, AFTER]);
  const ada = aPerson(tenant);
  const { url } = await ada.comeBy('google-oauth2', 'ada@example.com');
  expect(url.origin + url.pathname).toBe(PAGE);
  adasId = decodeJwt(url.searchParams.get('session_token') ?? '').sub ?? '';
  return { ada, query: url.searchParams, state: url.searchParams.get('state') ?? '' };
}

async function backToken(
  state: string,
  {
    secret = 'back',
    seconds = 60,
    ...more
  }: { secret?: string; seconds?: number; [claim: string]: unknown } = {},
): Promise<string> {
  const iat = Math.floor(Date.now() / 1000);
  const token = new SignJWT({
    ...{ state, iss: DOMAIN, sub: adasId, ready: ['crm'], iat, exp: iat + seconds },
    ...more,
  });
  return token.setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
}

const back = (state: string) => `${tenant.url}/continue?state=${encodeURIComponent(state)}`;

test('a login is held where an Action sends the browser away, with what it wrote and a token for the page', async () => {
  const { query } = await redirected();
  expect(tenant.printed).toEqual(['before', 'execute true']);
  expect(tenant.changes.at(-1)).toMatchObject({
    ...{ type: 'user.updated', object: { app_metadata: { state: 'requested' } } },
  });
  const { exp = 0, iat = 0, ...token } = decodeJwt(query.get('session_token') ?? '');
  expect([token, exp - iat]).toEqual([
    {
      ...{ purpose: 'status', iss: DOMAIN, ip: '127.0.0.1' },
      sub: expect.stringMatching(/^google-oauth2\|/),
    },
    60,
  ]);
});

test('the login goes on in the same Action, then in those behind it, and none runs twice', async () => {
  const { ada, state } = await redirected();
  const end = await ada.browser.post(back(state), { back_token: await backToken(state) });
  expect(tenant.printed.slice(2)).toEqual(['continue POST requested', `after ${new URL(tenant.url).host}`]);
  const { body } = await ada.tokens(end);
  expect(decodeJwt(body.id_token ?? '')).toMatchObject({ 'https://acme.com/ready': ['crm'] });
});

test('the way back may be a GET, and an Action that has no use for a token goes on without', async () => {
  const { ada, state } = await redirected();
  expect(heard(await ada.browser.get(back(state)))).toHaveProperty('code');
  expect(tenant.printed.slice(2, 4)).toEqual([
    'continue GET requested',
    'There is no token back_token in the request',
  ]);
});

test.each([
  ['signed by somebody else', async (state: string) => backToken(state, { secret: 'other' }), 'signature'],
  ['of another login', async () => backToken('another'), 'of another login'],
  ['that is over', async (state: string) => backToken(state, { seconds: -1 }), 'is over'],
  [
    'without the time of its making',
    async (state: string) => backToken(state, { iat: undefined }),
    'standard',
  ],
  ['of nobody', async (state: string) => backToken(state, { sub: undefined }), 'standard'],
  ['of no maker', async (state: string) => backToken(state, { iss: undefined }), 'standard'],
  ['of somebody else', async (state: string) => backToken(state, { sub: 'auth0|2' }), 'somebody else'],
  ['that is none', async () => 'a.b.c', 'malformed'],
  ['that nobody signed', async (state: string) => unsigned({ state, exp: 9e9 }), 'malformed'],
])('the Action does not get a token %s', async (_, token, words) => {
  const { ada, state } = await redirected();
  await ada.browser.post(back(state), { back_token: await token(state) });
  expect(tenant.printed[3]).toMatch(new RegExp(words));
});

function unsigned(payload: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(payload)}.`;
}

describe('rejects at /continue', () => {
  const INVALID = { status: 400, text: expect.stringContaining('invalid_request') };

  test('a state that is of no login, and one that is not there', async () => {
    const { ada, state } = await redirected();
    expect(await ada.browser.get(back(`${state}x`))).toMatchObject(INVALID);
    expect(await ada.browser.get(`${tenant.url}/continue`)).toMatchObject(INVALID);
    expect(heard(await ada.browser.get(back(state)))).toHaveProperty('code');
  });

  test('a state that was used', async () => {
    const { ada, state } = await redirected();
    await ada.browser.get(back(state));
    expect(await ada.browser.get(back(state))).toMatchObject(INVALID);
    expect(tenant.printed.filter((line) => line.startsWith('continue'))).toHaveLength(1);
  });

  test("somebody else's state", async () => {
    const { state } = await redirected();
    const other = aBrowser((url) => url.origin === tenant.url);
    expect(await other.get(back(state))).toMatchObject(INVALID);
    expect(tenant.printed.some((line) => line.startsWith('continue'))).toBe(false);
  });

  test('the state of a page on which nobody showed who they are', async () => {
    tenant = await aTenant([REDIRECTING]);
    const ada = aPerson(tenant);
    const { url } = await ada.authorize();
    expect(await ada.browser.get(back(url.searchParams.get('state') ?? ''))).toMatchObject(INVALID);
  });

  test('a login that took more than an hour', async () => {
    const { ada, state } = await redirected();
    tenant.pass(3_600_001);
    expect(await ada.browser.get(back(state))).toMatchObject(INVALID);
  });
});

test('the session is there although the login was not finished, and each run passes the Actions', async () => {
  const { ada } = await redirected();
  const silent = heard(await ada.authorize({ prompt: 'none' }));
  expect(silent).toMatchObject({ error: 'interaction_required' });
  expect(tenant.printed.at(-1)).toBe('execute false');
});

test('two tabs are two logins, and each comes to its end', async () => {
  const { ada, state } = await redirected();
  const other = (await ada.authorize({ state: 'tab two' })).url.searchParams.get('state') ?? '';
  expect(other).not.toBe(state);
  expect(heard(await ada.browser.get(back(other)))).toMatchObject({
    state: 'tab two',
    code: expect.any(String),
  });
  expect(heard(await ada.browser.get(back(state)))).toMatchObject({ state: 'app', code: expect.any(String) });
});

test('a program cannot be sent anywhere', async () => {
  tenant = await aTenant([
    `exports.onExecutePostLogin = async (event, api) => {
      if (event.request.body.grant_type) api.redirect.sendUserTo('${PAGE}');
    };`,
  ]);
  const ada = aPerson(tenant);
  const end = await ada.signUp('ada@example.com', { scope: 'openid offline_access' });
  const { refresh_token = '' } = (await ada.tokens(end)).body;
  const answer = await postToken(tenant, { grant_type: 'refresh_token', client_id: 'demo', refresh_token });
  expect(answer.body).toMatchObject({ error: 'interaction_required' });
});

test('rejects a second redirect of the same Action', async () => {
  tenant = await aTenant([
    `exports.onExecutePostLogin = async (event, api) => api.redirect.sendUserTo('${PAGE}');
     exports.onContinuePostLogin = async (event, api) => api.redirect.sendUserTo('${PAGE}');`,
  ]);
  const ada = aPerson(tenant);
  const { url } = await ada.comeBy('google-oauth2', 'ada@example.com');
  const end = await ada.browser.get(back(url.searchParams.get('state') ?? ''));
  expect(heard(end)).toMatchObject({
    error: 'access_denied',
    error_description: expect.stringContaining('once'),
  });
});
