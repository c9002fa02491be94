import { decodeJwt, decodeProtectedHeader } from 'jose';
import { aPkce } from '../../helpers/a-browser';
import { aPerson, CALLBACK, heard, PASSWORD } from './helpers/a-person';
import { API, type ATenant, aTenant, DOMAIN } from './helpers/a-tenant';

let tenant: ATenant;
beforeEach(async () => {
  tenant = await aTenant();
});
afterEach(() => tenant.stop());

const GRANT = { error: 'invalid_grant' };

test.each([
  'https://evil.example.com/callback',
  `${CALLBACK}/more`,
  `${CALLBACK}?next=https://evil.example.com`,
  'http://127.0.0.1:9@evil.example.com/callback',
])('rejects the address %s to return to, on a page', async (redirect_uri) => {
  const answer = await aPerson(tenant).authorize({ redirect_uri });
  expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('redirect_uri') });
});

test('rejects an application that it does not know', async () => {
  expect(await aPerson(tenant).authorize({ client_id: 'other' })).toMatchObject({ status: 400 });
});

test('rejects a login without PKCE, and with a challenge that is the verifier itself', async () => {
  const ada = aPerson(tenant);
  expect(heard(await ada.authorize({ code_challenge: '' }))).toMatchObject({ error: 'invalid_request' });
  expect(heard(await ada.authorize({ code_challenge_method: 'plain' }))).toMatchObject({
    error: 'invalid_request',
  });
});

test('rejects a code with another verifier, another address, and of another login', async () => {
  const [ada, eve] = [aPerson(tenant), aPerson(tenant)];
  const end = await ada.comeBy('google-oauth2', 'ada@example.com');
  expect((await ada.tokens(end, { code_verifier: aPkce().verifier })).body).toMatchObject(GRANT);
  expect((await ada.tokens(end, { redirect_uri: 'http://127.0.0.1:9/other' })).body).toMatchObject(GRANT);
  expect((await eve.tokens(end)).body).toMatchObject(GRANT);
  expect((await ada.tokens(end)).status).toBe(200);
});

test('rejects a code that was used, and takes back what it gave for it', async () => {
  const ada = aPerson(tenant);
  const end = await ada.comeBy('google-oauth2', 'ada@example.com', { scope: 'openid offline_access' });
  const { body } = await ada.tokens(end);
  expect((await ada.tokens(end)).body).toMatchObject(GRANT);
  const refresh = { grant_type: 'refresh_token', client_id: 'demo', refresh_token: body.refresh_token ?? '' };
  const answer = await fetch(`${tenant.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams(refresh),
  });
  expect(await answer.json()).toMatchObject(GRANT);
});

test('rejects a form that was not shown to this browser, and one that was used', async () => {
  const [ada, eve] = [aPerson(tenant), aPerson(tenant)];
  const page = await ada.authorize({ screen_hint: 'signup' });
  const fields = { email: 'eve@example.com', password: PASSWORD };
  expect(await eve.browser.post(page.url.href, fields)).toMatchObject({ status: 400 });
  expect(heard(await ada.browser.post(page.url.href, fields))).toHaveProperty('code');
  expect(await ada.browser.post(page.url.href, fields)).toMatchObject({ status: 400 });
  expect(tenant.changes).toHaveLength(1);
});

test('rejects a provider that the tenant does not have', async () => {
  const ada = aPerson(tenant);
  const { url } = await ada.authorize();
  const to = (connection: string) =>
    `${tenant.url}/u/connection?${new URLSearchParams({ state: url.searchParams.get('state') ?? '', connection })}`;
  for (const connection of ['evil', 'Username-Password-Authentication']) {
    expect(await ada.browser.post(to(connection), { email: 'ada@example.com' })).toMatchObject({
      status: 400,
    });
  }
});

test('rejects a logout to where no application is at home', async () => {
  const back = new URLSearchParams({ returnTo: 'https://evil.example.com/' });
  const answer = await aPerson(tenant).browser.get(`${tenant.url}/v2/logout?${back}`);
  expect(answer).toMatchObject({ status: 400, text: expect.not.stringContaining('evil') });
});

test('a token for an API that there is not holds no scope of another, and the key is public by its id alone', async () => {
  const ada = aPerson(tenant);
  const end = await ada.comeBy('google-oauth2', 'ada@example.com', {
    audience: 'https://other',
    scope: 'openid admin',
  });
  const { access_token = '' } = (await ada.tokens(end)).body;
  expect(decodeJwt(access_token)).toMatchObject({
    scope: 'openid',
    aud: ['https://other', `https://${DOMAIN}/userinfo`],
  });
  const { keys } = (await (await fetch(`${tenant.url}/.well-known/jwks.json`)).json()) as { keys: object[] };
  expect(keys).toEqual([
    expect.objectContaining({ kid: decodeProtectedHeader(access_token).kid, kty: 'RSA' }),
  ]);
  expect(Object.keys(keys[0] ?? {})).not.toContain('d');
  expect(API).not.toBe('https://other');
});
