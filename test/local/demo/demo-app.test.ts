import { createServer, type RequestListener } from 'node:http';
import { type Door, openDoor } from '../../../local/auth0/serve-tenant';
import { createDemoApp } from '../../../local/demo/demo-app';
import { askForAccount, type FindAccount, lookUpAccount } from '../../../local/demo/find-account';
import { Funnel, type FunnelOptions } from '../../../local/demo/funnel';
import { createInvitationsApi } from '../../../local/demo/invitations-api';
import { closeServer, listen, planPorts } from '../../../local/listen';
import { aBrowser, type Seen } from '../../helpers/a-browser';
import { API, type ATenant, aTenant, DOMAIN } from '../auth0/helpers/a-tenant';

let tenant: ATenant;
let demo: Door;
let finds: FindAccount;
let invites: FunnelOptions['invite'];
let accepted: string[];

const ofPerson = async () => accepted.map((funnelId) => ({ roles: ['editor'], data: { funnelId } }));

beforeEach(async () => {
  demo = await openDoor(planPorts(), 'the demo application');
  tenant = await aTenant([], undefined, demo.url);
  accepted = [];
  invites = async () => ({ ok: true });
  finds = async () => ({ kind: 'none', words: 'None here.' });
  serveDemo();
});
afterEach(() => Promise.all([tenant.stop(), closeServer(demo.server)]));

function serveDemo(): void {
  demo.serve(
    createDemoApp({
      home: demo.url,
      tickets: { url: `${demo.url}/scim`, findAccount: (user) => finds(user) },
      funnel: new Funnel({
        invite: (...asked) => invites(...asked),
        ofPerson,
        outboxUrl: `${demo.url}/mails`,
      }),
      tenant: {
        ...{ url: tenant.url, issuer: `https://${DOMAIN}/`, clientId: 'demo' },
        ...{ audience: API, scopes: ['openid', 'email', 'read:me'] },
      },
    }),
  );
}

const aVisitor = () => aBrowser(({ origin }) => origin === tenant.url || origin === demo.url);

async function loggedIn() {
  const browser = aVisitor();
  const page = await browser.get(`${demo.url}/login?connection=google-oauth2`);
  return { browser, home: await browser.post(page.url.href, { email: 'ada@example.com' }) };
}

test('shows who came and what the tokens say, and nobody after a logout', async () => {
  const { browser, home } = await loggedIn();
  expect(home.url.href).toBe(`${demo.url}/`);
  expect(home.text).toContain('<strong id="who">ada@example.com</strong>');
  expect(home.text).toContain(API);
  expect((await browser.post(`${demo.url}/logout`, {})).text).toContain('Nobody is logged in');
  const silent = await browser.get(`${demo.url}/login?prompt=none`);
  expect(silent).toMatchObject({ status: 400, text: expect.stringContaining('login_required') });
});

test('shows what was said of a ticket once, and nothing in it as markup', async () => {
  finds = async () => ({ kind: 'none', words: '<b>None</b>' });
  const { browser } = await loggedIn();
  const { text } = await browser.post(`${demo.url}/tickets`, { subject: 'Hello' });
  expect(text).toContain('&lt;b&gt;None');
  expect((await browser.get(demo.url)).text).not.toContain('None');
});

test.each([
  ['a state of no login', '?code=x&state=forged'],
  ['no state', '?code=x'],
])('rejects an answer with %s', async (_, query) => {
  const browser = aVisitor();
  await browser.get(`${demo.url}/login`);
  const answer = await browser.get(`${demo.url}/callback${query}`);
  expect(answer).toMatchObject({
    status: 400,
    text: expect.stringContaining('no login that was begun here'),
  });
});

test('takes the answers of two tabs, each once', async () => {
  const browser = aVisitor();
  const tabs = [await browser.get(`${demo.url}/login`), await browser.get(`${demo.url}/login`)];
  const come = ({ url }: Seen) =>
    browser.post(`${tenant.url}/u/connection${url.search}&connection=google-oauth2`, {
      email: 'ada@example.com',
    });
  const homes = [];
  for (const tab of tabs) homes.push(await come(tab));
  expect(homes.map(({ url }) => url.href)).toEqual([`${demo.url}/`, `${demo.url}/`]);
});

test('does not let an address change what it asks the tenant for', async () => {
  const { url } = await aVisitor().get(`${demo.url}/login?redirect_uri=https://evil.example.com&client_id=x`);
  expect(url.pathname).toBe('/u/login');
});

test('begins a login where its tenant sends somebody to do that, and not for another tenant', async () => {
  const begun = (iss: string) => aVisitor().get(`${demo.url}/login?${new URLSearchParams({ iss })}`);
  expect((await begun(`https://${DOMAIN}/`)).url.pathname).toBe('/u/login');
  expect(await begun('https://evil.example.com/')).toMatchObject({
    status: 400,
    text: expect.stringContaining('not ours'),
  });
});

describe('the funnel', () => {
  const OFFER = { email: 'ada@example.com', wish: '<b>A blue</b> bicycle' };

  test('keeps what a visitor wants, invites with an id of it alone, and shows it to whoever accepted', async () => {
    const asked: unknown[] = [];
    invites = async (wish, id) => {
      asked.push(wish);
      accepted.push(id);
      return { ok: true };
    };
    const sent = await aVisitor().post(`${demo.url}/offer`, { ...OFFER, ahead: 'yes' });
    expect(sent.text).toContain(`<a href="${demo.url}/mails">outbox</a>`);
    expect(asked).toEqual([{ ...OFFER, isAhead: true }]);
    const { home } = await loggedIn();
    expect(home.text).toContain('<li class="wish">&lt;b&gt;A blue&lt;/b&gt; bicycle</li>');
  });

  test('says why nobody is invited, and keeps what was typed', async () => {
    invites = async () => ({ ok: false, words: 'The API says invalid-request body.email' });
    const { status, text } = await aVisitor().post(`${demo.url}/offer`, OFFER);
    expect([status, text]).toEqual([400, expect.stringContaining('invalid-request body.email')]);
    expect(text).toContain('value="&lt;b&gt;A blue&lt;/b&gt; bicycle"');
  });

  test('shows the roles that the token says, whatever the namespace of the claims is', async () => {
    await tenant.stop();
    const claim = `exports.onExecutePostLogin = async (event, api) => {
      api.idToken.setCustomClaim('https://acme.com/roles', ['editor', '<i>']);
    };`;
    tenant = await aTenant([claim], undefined, demo.url);
    serveDemo();
    const { home } = await loggedIn();
    expect(home.text).toContain('<span class="chip role">editor</span>');
    expect(home.text).toContain('&lt;i&gt;</span>');
  });

  test('invites as a program of the tenant, once for each visitor, and finds what a person accepted', async () => {
    const seen: unknown[] = [];
    const server = createServer(async (request, response) => {
      const { method, url, headers } = request;
      let body = '';
      for await (const chunk of request) body += chunk;
      const own = { 'idempotency-key': headers['idempotency-key'], authorization: headers.authorization };
      seen.push([method, url, own, body]);
      if (url === '/oauth/token') return response.end('{"access_token":"t"}');
      if (method === 'GET') return response.end('{"invitations":[{"roles":[],"data":{"funnelId":"f"}}]}');
      response.writeHead(400).end('{"code":"unknown-role","detail":"body.roles.0"}');
    });
    const url = `http://127.0.0.1:${await listen(server, 0, 'a server')}`;
    const api = createInvitationsApi({
      ...{ apiUrl: `${url}/v1/`, tokenUrl: `${url}/oauth/token`, client: { id: 'c', secret: 's' } },
      ...{ audience: API, roles: ['editor'] },
    });
    const invited = await api.invite({ ...OFFER, isAhead: true }, 'funnel-1');
    expect(invited).toEqual({ ok: false, words: 'The API says unknown-role body.roles.0' });
    const user = { userId: 'auth0|1', claims: {}, accessClaims: {}, accessToken: 'p' };
    expect(await api.ofPerson(user)).toEqual([{ roles: [], data: { funnelId: 'f' } }]);
    const data = { email: OFFER.email, roles: ['editor'], data: { funnelId: 'funnel-1' }, mode: 'precreate' };
    expect(seen).toEqual([
      ['POST', '/oauth/token', expect.anything(), expect.stringContaining('scope=write%3Ainvitations')],
      [
        ...['POST', '/v1/invitations', { 'idempotency-key': 'funnel-1', authorization: 'Bearer t' }],
        JSON.stringify(data),
      ],
      ['GET', '/v1/me', { authorization: 'Bearer p' }, ''],
    ]);
    await closeServer(server);
  });
});

describe('the account', () => {
  const USER = { userId: 'auth0|1', claims: {}, accessClaims: {}, accessToken: 'token' };

  async function withServer<T>(listener: RequestListener, work: (url: string) => Promise<T>): Promise<T> {
    const server = createServer(listener);
    const url = `http://127.0.0.1:${await listen(server, 0, 'a server')}`;
    return work(url).finally(() => closeServer(server));
  }

  test.each([
    [200, { link: { accountId: 'a-1' } }, { kind: 'found', accountId: 'a-1' }],
    [
      202,
      { link: { state: 'pending' } },
      { kind: 'none', words: expect.stringContaining('still being made') },
    ],
    [403, { code: 'jit-off' }, { kind: 'none', words: expect.stringContaining('jit-off') }],
  ])('is asked for with the own token, and the API says %s', async (status, body, found) => {
    const seen: unknown[] = [];
    const answer: RequestListener = ({ method, url, headers }, response) => {
      seen.push([method, url, headers.authorization, headers.prefer]);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    expect(await withServer(answer, (url) => askForAccount(`${url}/v1/`, 'tickets')(USER))).toEqual(found);
    expect(seen).toEqual([['PUT', '/v1/me/links/tickets', 'Bearer token', 'wait=10']]);
  });

  test('is looked up by our name of the person where there is no API', async () => {
    const seen: string[] = [];
    const answer: RequestListener = ({ url = '' }, response) => {
      seen.push(decodeURIComponent(url.replaceAll('+', ' ')));
      response.end(JSON.stringify({ Resources: [{ id: 'a-1' }] }));
    };
    const look = (url: string) => lookUpAccount(url, (userId) => `acme/dev/${userId}`)(USER);
    expect(await withServer(answer, look)).toEqual({ kind: 'found', accountId: 'a-1' });
    expect(seen).toEqual(['/Users?filter=externalId eq "acme/dev/auth0|1"']);
  });
});
