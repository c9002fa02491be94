import type { Effects } from '../post-login/effects';
import type { Login } from '../post-login/login';

/** What the tokens of a grant say; a refresh says it anew. */
export interface Issued {
  readonly userId: string;
  readonly clientId: string;
  readonly audience: string | undefined;
  readonly scopes: readonly string[];
  readonly organization: string | undefined;
  readonly idToken: Readonly<Record<string, unknown>>;
  readonly accessToken: Readonly<Record<string, unknown>>;
  readonly connection: Login['visitor']['connection'];
}

/** An API of the tenant. */
export interface ResourceServer {
  readonly identifier: string;
  readonly scopes: readonly string[];
}

const OIDC_SCOPES: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access']);

/** The claims that the Actions asked for, and the scopes that there are: Auth0 leaves out the others. */
export function issuedBy(
  { visitor, asked, client }: Login,
  effects: Effects,
  apis: readonly ResourceServer[],
): Issued {
  const { audience, organization } = asked;
  const known = apis.find(({ identifier }) => identifier === audience)?.scopes ?? [];
  const wanted = (asked.scope ?? '')
    .split(' ')
    .filter((scope) => OIDC_SCOPES.has(scope) || known.includes(scope));
  const scopes = new Set([...wanted, ...effects.addedScopes]);
  return {
    ...{ userId: visitor.userId, clientId: client.client_id, connection: visitor.connection },
    ...{ audience, organization, scopes: [...scopes].filter((scope) => !effects.removedScopes.has(scope)) },
    ...{ idToken: { ...effects.idToken }, accessToken: { ...effects.accessToken } },
  };
}
