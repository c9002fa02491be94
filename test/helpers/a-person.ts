import { decodeJwt } from 'jose';
import { type ABrowser, aBrowser, aPkce, type Pkce, type Seen } from './a-browser';
import type { LocalRun } from './local-run';

/** Somebody before a browser that runs no scripts, who logs in to the demo application of a local run. */
export interface APerson {
  readonly browser: ABrowser;
  /** Asks for a login by a connection that is no database; gives what its form does when it is sent. */
  begin(connection: string): Promise<(email: string) => Promise<Seen>>;
  /** Comes by a connection that is no database; ends in the application, or on the page that shows what is made. */
  come(connection: string, email: string): Promise<Seen>;
  /** True once the login has come to the application. */
  isIn(seen: Seen): boolean;
  /** What the id token says, of a login that has. */
  claims(seen: Seen): Promise<Record<string, unknown>>;
}

export function aPerson({ local, outputs }: Pick<LocalRun, 'local' | 'outputs'>): APerson {
  const origins = [local.TenantUrl, outputs.StatusPageUrl].flatMap((url) =>
    url === undefined ? [] : [new URL(url).origin],
  );
  const browser = aBrowser(({ origin }) => origins.includes(origin));
  const pkce = aPkce();
  const callback = `${local.DemoAppUrl}/callback`;
  const isIn = ({ url }: Seen) => url.href.startsWith(callback);
  const begin = async (connection: string) => {
    const seen = await browser.get(`${local.TenantUrl}/authorize?${askedOf(callback, connection, pkce)}`);
    // Who has a session already is not asked who they are.
    if (seen.url.pathname !== '/u/connection') return async () => seen;
    return (email: string) => browser.post(seen.url.href, { email });
  };
  return {
    browser,
    isIn,
    begin,
    come: async (connection, email) => (await begin(connection))(email),
    claims: async (seen) => {
      const code = seen.url.searchParams.get('code');
      if (!isIn(seen) || code === null) throw new Error(`The login ended at ${seen.url}: ${seen.text}`);
      const fields = { grant_type: 'authorization_code', client_id: 'demo', redirect_uri: callback, code };
      const body = new URLSearchParams({ ...fields, code_verifier: pkce.verifier });
      const answer = await fetch(`${local.TenantUrl}/oauth/token`, { method: 'POST', body });
      return decodeJwt(((await answer.json()) as { id_token: string }).id_token);
    },
  };
}

function askedOf(callback: string, connection: string, { challenge }: Pkce): URLSearchParams {
  return new URLSearchParams({
    ...{ client_id: 'demo', redirect_uri: callback, response_type: 'code', connection },
    ...{ scope: 'openid profile email', state: 'app', nonce: 'n' },
    ...{ code_challenge: challenge, code_challenge_method: 'S256' },
  });
}
