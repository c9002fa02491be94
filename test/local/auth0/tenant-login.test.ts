import { decodeJwt } from 'jose';
import { type ABrowser, aBrowser, aPkce, type Pkce, type Seen } from './helpers/a-browser';
import { API, type ATenant, aTenant, DOMAIN, HOME } from './helpers/a-tenant';

const CALLBACK = `${HOME}/callback`;
const PASSWORD = 'correct horse';

let tenant: ATenant;
afterEach(() => tenant?.stop());

interface Person {
  readonly browser: ABrowser;
  readonly pkce: Pkce;
  authorize(more?: Record<string, string>): Promise<Seen>;
}

function aPerson(): Person {
  const browser = aBrowser((url) => url.origin === tenant.url);
  const pkce = aPkce();
  return {
    ...{ browser, pkce },
    authorize: (more = {}) => {
      const query = new URLSearchParams({
        ...{
          client_id: 'demo',
          redirect_uri: CALLBACK,
          response_type: 'code',
          scope: 'openid profile email',
        },
        ...{
          state: 'app',
          nonce: 'n',
          code_challenge: pkce.challenge,
          code_challenge_method: 'S256',
          ...more,
        },
      });
      return browser.get(`${tenant.url}/authorize?${query}`);
    },
  };
}

async function tokensFor({ url }: Seen, { verifier }: Pkce, more: Record<string, string> = {}) {
  const answer = await token({
    ...{ grant_type: 'authorization_code', client_id: 'demo', redirect_uri: CALLBACK },
    ...{ code: url.searchParams.get('code') ?? '', code_verifier: verifier, ...more },
  });
  return answer;
}

async function token(fields: Record<string, string>) {
  const answer = await fetch(`${tenant.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}

const signUpFields = { email: 'ada@example.com', password: PASSWORD, username: 'ada' };

test('somebody signs up, and the application has tokens that say who it is', async () => {
  tenant = await aTenant([
    `exports.onExecutePostLogin = async (event, api) => {
      api.idToken.setCustomClaim('https://acme.com/who', event.user.email);
      api.accessToken.setCustomClaim('https://acme.com/count', event.stats.logins_count);
      api.accessToken.setCustomClaim('sub', 'somebody else');
    };`,
  ]);
  const ada = aPerson();
  const page = await ada.authorize({ audience: API, scope: 'openid email offline_access read:me write:all' });
  expect(page.url.pathname).toBe('/u/login');
  const end = await ada.browser.post(page.url.href.replace('/u/login', '/u/signup'), signUpFields);
  expect(`${end.url.origin}${end.url.pathname}`).toBe(CALLBACK);
  expect(end.url.searchParams.get('state')).toBe('app');
  const { body } = await tokensFor(end, ada.pkce);
  expect(decodeJwt(body.id_token ?? '')).toMatchObject({
    ...{ iss: `https://${DOMAIN}/`, aud: 'demo', nonce: 'n', sub: expect.stringMatching(/^auth0\|/) },
    ...{ email: 'ada@example.com', 'https://acme.com/who': 'ada@example.com' },
  });
  expect(decodeJwt(body.access_token ?? '')).toMatchObject({
    ...{
      aud: [API, `https://${DOMAIN}/userinfo`],
      azp: 'demo',
      scope: 'openid email offline_access read:me',
    },
    ...{ 'https://acme.com/count': 1, sub: expect.stringMatching(/^auth0\|/) },
  });
});
