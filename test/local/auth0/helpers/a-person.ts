import { type ABrowser, aBrowser, aPkce, type Pkce, type Seen } from '../../../helpers/a-browser';
import { type ATenant, HOME } from './a-tenant';

export const CALLBACK = `${HOME}/callback`;
export const PASSWORD = 'correct horse';

/** Somebody before a browser, on the way into the application. */
export interface APerson {
  readonly browser: ABrowser;
  readonly pkce: Pkce;
  /** Begins a login. */
  authorize(more?: Readonly<Record<string, string>>): Promise<Seen>;
  /** Begins one and signs up in it. */
  signUp(email?: string, more?: Readonly<Record<string, string>>): Promise<Seen>;
  /** Begins one and comes by a provider. */
  comeBy(connection: string, email: string, more?: Readonly<Record<string, string>>): Promise<Seen>;
  /** Trades the code at the end of a login. */
  tokens(end: Seen, more?: Readonly<Record<string, string>>): Promise<Answered>;
}

export interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, string>>;
}

export function aPerson(tenant: ATenant): APerson {
  const browser = aBrowser((url) => url.origin === tenant.url);
  const pkce = aPkce();
  const authorize: APerson['authorize'] = (more = {}) => {
    const query = new URLSearchParams({
      ...{ client_id: 'demo', redirect_uri: CALLBACK, response_type: 'code', scope: 'openid profile email' },
      ...{ state: 'app', nonce: 'n', code_challenge: pkce.challenge, code_challenge_method: 'S256', ...more },
    });
    return browser.get(`${tenant.url}/authorize?${query}`);
  };
  return {
    ...{ browser, pkce, authorize },
    async signUp(email = 'ada@example.com', more = {}) {
      const page = await authorize({ screen_hint: 'signup', ...more });
      return browser.post(page.url.href, { email, password: PASSWORD });
    },
    async comeBy(connection, email, more = {}) {
      const page = await authorize({ connection, ...more });
      return browser.post(page.url.href, { email });
    },
    tokens: ({ url }, more = {}) =>
      postToken(tenant, {
        ...{ grant_type: 'authorization_code', client_id: 'demo', redirect_uri: CALLBACK },
        ...{ code: url.searchParams.get('code') ?? '', code_verifier: pkce.verifier, ...more },
      }),
  };
}

export async function postToken(
  { url }: ATenant,
  fields: Readonly<Record<string, string>>,
): Promise<Answered> {
  const answer = await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams(fields) });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}

/** What the application hears at the end. */
export function heard({ url }: Seen): Record<string, string> {
  if (`${url.origin}${url.pathname}` !== CALLBACK) throw new Error(`The login ended at ${url}`);
  return Object.fromEntries(url.searchParams);
}
