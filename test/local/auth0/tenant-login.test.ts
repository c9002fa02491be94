import { decodeJwt } from 'jose';
import { aPerson, CALLBACK, heard, PASSWORD, postToken } from './helpers/a-person';
import { API, type ATenant, aTenant, CONFIDENTIAL, CONNECTIONS, DOMAIN } from './helpers/a-tenant';

let tenant: ATenant;
afterEach(() => tenant?.stop());

/** Says of each run what it was told. */
const TELLING = `exports.onExecutePostLogin = async (event) => {
  const { secrets, ...told } = event;
  console.log(JSON.stringify(told));
};`;

type Told = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const told = (): Told[] => tenant.printed.map((line) => JSON.parse(line));

describe('a login', () => {
  test('after a sign-up gives the application tokens that say who it is', async () => {
    tenant = await aTenant([
      `exports.onExecutePostLogin = async (event, api) => {
        api.idToken.setCustomClaim('https://acme.com/who', event.user.email);
        api.accessToken.setCustomClaim('https://acme.com/count', event.stats.logins_count);
        api.accessToken.setCustomClaim('sub', 'somebody else');
      };`,
    ]);
    const ada = aPerson(tenant);
    const scope = 'openid email offline_access read:me write:all';
    const page = await ada.authorize({ audience: API, scope });
    expect(page.url.pathname).toBe('/u/login');
    const end = await ada.browser.post(page.url.href.replace('/u/login', '/u/signup'), {
      ...{ email: 'Ada@example.com', password: PASSWORD, username: 'ada' },
    });
    expect(heard(end)).toMatchObject({ state: 'app', code: expect.any(String) });
    const { body } = await ada.tokens(end);
    expect(decodeJwt(body.id_token ?? '')).toMatchObject({
      ...{ iss: `https://${DOMAIN}/`, aud: 'demo', nonce: 'n', sub: expect.stringMatching(/^auth0\|/) },
      ...{ email: 'ada@example.com', 'https://acme.com/who': 'ada@example.com' },
    });
    expect(decodeJwt(body.id_token ?? '')).not.toHaveProperty('nickname');
    expect(decodeJwt(body.access_token ?? '')).toMatchObject({
      ...{ aud: [API, `https://${DOMAIN}/userinfo`], azp: 'demo', scope: scope.replace(' write:all', '') },
      ...{ 'https://acme.com/count': 1, sub: expect.stringMatching(/^auth0\|/) },
    });
  });

  test('with a password comes in, and with a wrong one stays on the page, which shows nothing that was typed as markup', async () => {
    tenant = await aTenant();
    await aPerson(tenant).signUp('ada@example.com');
    const ada = aPerson(tenant);
    const page = await ada.authorize({ login_hint: 'ada@example.com' });
    expect(page.text).toContain('value="ada@example.com"');
    const wrong = await ada.browser.post(page.url.href, { email: '"><script>', password: 'wrong' });
    expect(wrong).toMatchObject({ status: 400, text: expect.stringContaining('Wrong e-mail address') });
    expect(wrong.text).not.toContain('<script>');
    expect(
      heard(await ada.browser.post(page.url.href, { email: 'ada@example.com', password: PASSWORD })),
    ).toHaveProperty('code');
  });

  test.each([
    [
      'an address that somebody has',
      { email: 'ada@example.com', password: PASSWORD },
      'signed up with this address',
    ],
    ['no address', { email: 'ada', password: PASSWORD }, 'no e-mail address'],
    ['a short password', { email: 'new@example.com', password: 'short' }, 'too short'],
  ])('rejects a sign-up with %s', async (_, fields, words) => {
    tenant = await aTenant();
    await aPerson(tenant).signUp('ada@example.com');
    const person = aPerson(tenant);
    const page = await person.authorize({ screen_hint: 'signup' });
    expect(page.url.pathname).toBe('/u/signup');
    const answer = await person.browser.post(page.url.href, fields);
    expect(answer).toMatchObject({ status: 400, text: expect.stringContaining(words) });
  });

  test('by a provider makes a user the first time and finds them again, and no sign-up is told of', async () => {
    const registration = 'exports.onExecutePostUserRegistration = async () => console.log("registered");';
    tenant = await aTenant([TELLING], registration);
    for (const connection of ['google-oauth2', 'google-oauth2', 'acme-saml']) {
      const end = await aPerson(tenant).comeBy(connection, 'grace@example.com');
      expect(heard(end)).toHaveProperty('code');
    }
    expect(tenant.changes.map(({ type }) => type)).toEqual(['user.created', 'user.created']);
    expect(told()).toMatchObject([
      {
        user: { user_id: expect.stringMatching(/^google-oauth2\|\d+$/), email_verified: true },
        connection: { name: 'google-oauth2', strategy: 'google-oauth2' },
        stats: { logins_count: 1 },
        authentication: { methods: [{ name: 'federated' }] },
      },
      { stats: { logins_count: 2 } },
      {
        user: {
          user_id: 'samlp|acme-saml|grace@example.com',
          identities: [{ provider: 'samlp', isSocial: false }],
        },
        connection: { name: 'acme-saml', strategy: 'samlp' },
      },
    ]);
  });

  test('by a provider lets one pick who one is', async () => {
    tenant = await aTenant();
    await aPerson(tenant).comeBy('google-oauth2', 'grace@example.com');
    const offered = async (connection: string) => (await aPerson(tenant).authorize({ connection })).text;
    expect(await offered('google-oauth2')).toContain('<option value="grace@example.com">');
    expect(await offered('acme-saml')).not.toContain('grace@example.com');
  });

  test('tells the Action what Auth0 documents, what the application asked for included', async () => {
    const registration =
      'exports.onExecutePostUserRegistration = async ({ user }) => console.log(JSON.stringify({ registered: user.email }));';
    tenant = await aTenant([TELLING], registration);
    const more = {
      'ext-plan': 'pro',
      ui_locales: 'de fr',
      organization: 'org_acme',
      audience: API,
      login_hint: 'a@b',
    };
    await aPerson(tenant).signUp('ada@example.com', more);
    const [registered] = told().filter((line) => 'registered' in line);
    expect(registered).toEqual({ registered: 'ada@example.com' });
    expect(told().find((line) => 'client' in line)).toMatchObject({
      tenant: { id: 'acme' },
      client: { client_id: 'demo' },
      request: {
        hostname: new URL(tenant.url).host,
        ip: '127.0.0.1',
        query: { 'ext-plan': 'pro', redirect_uri: CALLBACK, response_type: 'code' },
        geoip: { countryCode: 'IE' },
      },
      transaction: {
        protocol: 'oidc-basic-profile',
        ui_locales: ['de', 'fr'],
        redirect_uri: CALLBACK,
        login_hint: 'a@b',
      },
      organization: { id: 'org_acme', name: 'acme' },
      resource_server: { identifier: API },
      session: { id: expect.any(String) },
      authentication: { methods: [{ name: 'pwd', timestamp: expect.any(String) }] },
      user: { enrolledFactors: [], app_metadata: {} },
    });
    expect(tenant.printed.join()).not.toContain(PASSWORD);
  });

  test.each(['signup', 'login', 'connection'])(
    'keeps what the application sent along through the pages, and prefills the address, by way of %s',
    async (by) => {
      tenant = await aTenant([TELLING]);
      const person = aPerson(tenant);
      const first = await person.authorize({ 'ext-invitation': 'a.1.2.b', login_hint: 'eve@example.com' });
      expect(first.text).toContain('value="eve@example.com"');
      const { search } = first.url;
      const page = await person.browser.get(`${tenant.url}/u/${by}${search}&connection=google-oauth2`);
      expect(page.text).toContain('value="eve@example.com"');
      if (by === 'login') await tenant.people.passwords.set((await someone()).user_id, PASSWORD);
      const end = await person.browser.post(page.url.href, { email: 'eve@example.com', password: PASSWORD });
      expect(heard(end)).toHaveProperty('code');
      expect(told().at(-1)?.request?.query).toMatchObject({ 'ext-invitation': 'a.1.2.b' });
    },
  );

  const someone = async () => {
    const user = { user_id: 'auth0|eve', email: 'eve@example.com', email_verified: false };
    const [connection] = CONNECTIONS;
    if (connection !== undefined) await tenant.people.signUp({ connection, user });
    return user;
  };

  test('that is to show who one is asks for it in spite of a session, and may be another one then', async () => {
    tenant = await aTenant([TELLING]);
    const person = aPerson(tenant);
    await person.comeBy('google-oauth2', 'grace@example.com');
    expect(heard(await person.authorize())).toHaveProperty('code');
    const page = await person.authorize({ prompt: 'login' });
    expect(page.url.pathname).toBe('/u/login');
    const provider = `${tenant.url}/u/connection${page.url.search}&connection=google-oauth2`;
    expect(heard(await person.browser.post(provider, { email: 'alan@example.com' }))).toHaveProperty('code');
    expect(told().at(-1)?.user).toMatchObject({ email: 'alan@example.com' });
    expect(heard(await person.authorize({ prompt: 'none' }))).toHaveProperty('code');
    expect(told().at(-1)?.user).toMatchObject({ email: 'alan@example.com' });
  });

  test('into an application with a secret needs that secret as well as the verifier', async () => {
    tenant = await aTenant();
    const person = aPerson(tenant);
    const { client_id, secret } = CONFIDENTIAL;
    const end = await person.comeBy('google-oauth2', 'ada@example.com', { client_id });
    const without = await person.tokens(end, { client_id });
    expect(without).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(await person.tokens(end, { client_id, client_secret: 'wrong' })).toMatchObject({ status: 401 });
    const { body } = await person.tokens(end, { client_id, client_secret: secret });
    expect(decodeJwt(body.id_token ?? '')).toMatchObject({ aud: client_id, email: 'ada@example.com' });
  });

  test('of a blocked user ends with a refusal', async () => {
    tenant = await aTenant();
    await aPerson(tenant).comeBy('google-oauth2', 'grace@example.com');
    const id = tenant.changes[0]?.object.user_id ?? '';
    tenant.people.users.change(id, { blocked: true });
    expect(heard(await aPerson(tenant).comeBy('google-oauth2', 'grace@example.com'))).toMatchObject({
      error: 'unauthorized',
    });
  });

  test('that an Action denies or that throws ends with a refusal, and those behind it do not run', async () => {
    const counts = 'exports.onExecutePostLogin = async () => console.log(1);';
    for (const body of ['api.access.deny("not today")', 'throw new Error("not today")']) {
      tenant = await aTenant([`exports.onExecutePostLogin = async (event, api) => { ${body} };`, counts]);
      expect(heard(await aPerson(tenant).signUp())).toMatchObject({
        error: 'access_denied',
        error_description: 'not today',
      });
      expect(tenant.printed).toEqual([]);
      await tenant.stop();
    }
  });
});

describe('metadata', () => {
  test('that Actions write is one write at the end, which the stream tells, and those behind it see it before', async () => {
    const writes = `exports.onExecutePostLogin = async (event, api) => {
      api.user.setAppMetadata('state', { of: 'ready' });
      api.user.setAppMetadata('gone', null);
      api.user.setUserMetadata('theme', 'dark');
    };`;
    tenant = await aTenant([writes, TELLING]);
    await aPerson(tenant).comeBy('google-oauth2', 'grace@example.com');
    expect(told()).toMatchObject([{ user: { app_metadata: { state: { of: 'ready' } } } }]);
    const [created, updated, ...others] = tenant.changes;
    expect([created?.type, updated?.type, others]).toEqual(['user.created', 'user.updated', []]);
    expect(updated?.object).toMatchObject({
      app_metadata: { state: { of: 'ready' } },
      user_metadata: { theme: 'dark' },
    });
    expect(updated?.object.app_metadata).not.toHaveProperty('gone');
  });

  test('is written also where the login is denied after', async () => {
    tenant = await aTenant([
      `exports.onExecutePostLogin = async (event, api) => {
        api.user.setAppMetadata('seen', true);
        api.access.deny('no');
      };`,
    ]);
    await aPerson(tenant).comeBy('google-oauth2', 'grace@example.com');
    expect(tenant.changes.at(-1)?.object.app_metadata).toEqual({ seen: true });
  });
});

describe('without a page', () => {
  test('a refresh token gives new tokens once, runs the Actions again, and used twice ends the grant', async () => {
    const action = `exports.onExecutePostLogin = async (event, api) => {
      api.accessToken.setCustomClaim('https://acme.com/way', event.transaction.protocol);
      console.log(JSON.stringify({ way: event.transaction.protocol, body: event.request.body, redirect: api.redirect.canRedirect() }));
    };`;
    tenant = await aTenant([action]);
    const ada = aPerson(tenant);
    const end = await ada.comeBy('google-oauth2', 'ada@example.com', {
      scope: 'openid offline_access',
      audience: API,
    });
    const { refresh_token: first = '' } = (await ada.tokens(end)).body;
    const refresh = (refresh_token: string) =>
      postToken(tenant, { grant_type: 'refresh_token', client_id: 'demo', refresh_token });
    const { body } = await refresh(first);
    expect(decodeJwt(body.access_token ?? '')).toMatchObject({
      ...{ aud: [API, `https://${DOMAIN}/userinfo`], 'https://acme.com/way': 'oauth2-refresh-token' },
    });
    expect(body.refresh_token).not.toBe(first);
    expect(told().at(-1)).toEqual({
      ...{ way: 'oauth2-refresh-token', redirect: false },
      body: { grant_type: 'refresh_token', client_id: 'demo' },
    });
    expect((await refresh(first)).body).toMatchObject({ error: 'invalid_grant' });
    expect((await refresh(body.refresh_token ?? '')).body).toMatchObject({ error: 'invalid_grant' });
    expect(tenant.printed).toHaveLength(2);
  });

  test('a password grant runs the Actions, which may refuse it', async () => {
    const action = `exports.onExecutePostLogin = async (event, api) => {
      if (event.request.query['ext'] || event.request.body.organization) api.access.deny('not by password');
      console.log(JSON.stringify({ way: event.transaction.protocol, body: event.request.body }));
    };`;
    tenant = await aTenant([action]);
    await aPerson(tenant).signUp('ada@example.com');
    const ask = {
      grant_type: 'password',
      client_id: 'demo',
      username: 'ada@example.com',
      scope: 'openid email admin',
      audience: API,
    };
    const { body } = await postToken(tenant, { ...ask, password: PASSWORD });
    expect(decodeJwt(body.access_token ?? '')).toMatchObject({ scope: 'openid email admin', azp: 'demo' });
    expect(decodeJwt(body.id_token ?? '')).toMatchObject({ email: 'ada@example.com' });
    expect(told().at(-1)).toMatchObject({ way: 'oauth2-password', body: { grant_type: 'password' } });
    expect(tenant.printed.join()).not.toContain(PASSWORD);
    expect((await postToken(tenant, { ...ask, password: 'wrong' })).body).toMatchObject({
      error: 'invalid_grant',
    });
    expect((await postToken(tenant, { ...ask, password: PASSWORD, organization: 'org_x' })).body).toEqual({
      ...{ error: 'access_denied', error_description: 'not by password' },
    });
  });

  test('silent authentication finds the session, and without one says that a login is required', async () => {
    tenant = await aTenant([TELLING]);
    const ada = aPerson(tenant);
    expect(heard(await ada.authorize({ prompt: 'none' }))).toMatchObject({ error: 'login_required' });
    await ada.comeBy('google-oauth2', 'ada@example.com');
    expect(heard(await ada.authorize({ prompt: 'none' }))).toHaveProperty('code');
    expect(told().at(-1)).toMatchObject({
      ...{ request: { query: { prompt: 'none' } }, stats: { logins_count: 1 } },
      authentication: { methods: [{ name: 'federated' }] },
    });
  });

  test('who has a session comes in without a page, unless the application asks for one', async () => {
    tenant = await aTenant([TELLING]);
    const ada = aPerson(tenant);
    await ada.comeBy('google-oauth2', 'ada@example.com');
    expect(heard(await ada.authorize())).toHaveProperty('code');
    expect(tenant.printed).toHaveLength(2);
    expect((await ada.authorize({ prompt: 'login' })).url.pathname).toBe('/u/login');
    expect((await ada.authorize({ max_age: '0' })).url.pathname).toBe('/u/login');
  });

  test('a program has a token of its own, for the scopes there are', async () => {
    tenant = await aTenant();
    const { client_id, secret } = tenant.service;
    const ask = { grant_type: 'client_credentials', client_id, client_secret: secret, audience: API };
    const { body } = await postToken(tenant, ask);
    expect(decodeJwt(body.access_token ?? '')).toMatchObject({
      ...{ sub: 'service@clients', aud: API, gty: 'client-credentials', scope: 'read:me admin' },
    });
    expect((await postToken(tenant, { ...ask, client_secret: 'wrong' })).status).toBe(401);
  });
});

test('userinfo shows the bearer what the scopes let be seen, and discovery leads to all of it', async () => {
  tenant = await aTenant();
  const ada = aPerson(tenant);
  const { body } = await ada.tokens(
    await ada.comeBy('google-oauth2', 'ada@example.com', { scope: 'openid email' }),
  );
  const found = (await (await fetch(`${tenant.url}/.well-known/openid-configuration`)).json()) as Record<
    string,
    string
  >;
  expect(found).toMatchObject({
    ...{ issuer: `https://${DOMAIN}/`, userinfo_endpoint: `${tenant.url}/userinfo` },
    ...{ jwks_uri: `${tenant.url}/.well-known/jwks.json`, token_endpoint: `${tenant.url}/oauth/token` },
  });
  const ask = (token: string) =>
    fetch(`${tenant.url}/userinfo`, { headers: { authorization: `Bearer ${token}` } });
  expect(await (await ask(body.access_token ?? '')).json()).toEqual({
    ...{ sub: expect.any(String), email: 'ada@example.com', email_verified: true },
  });
  expect((await ask(body.id_token ?? '')).status).toBe(401);
  tenant.pass(86_400_000);
  expect((await ask(body.access_token ?? '')).status).toBe(401);
});

test('a logout ends the session', async () => {
  tenant = await aTenant();
  const ada = aPerson(tenant);
  await ada.comeBy('google-oauth2', 'ada@example.com');
  const back = new URLSearchParams({ returnTo: 'http://127.0.0.1:9/', client_id: 'demo' });
  expect((await ada.browser.get(`${tenant.url}/v2/logout?${back}`)).url.href).toBe('http://127.0.0.1:9/');
  expect(heard(await ada.authorize({ prompt: 'none' }))).toMatchObject({ error: 'login_required' });
});
