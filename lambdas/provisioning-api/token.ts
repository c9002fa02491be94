import { parseJson } from '../../events/parse-json';
import type { ApiRoute, ApiScope } from '../../events/provisioning-api/routes';
import { isUserId } from '../../events/user-id';
import type { ApiCall } from './api-call';
import { ApiProblem } from './problem';

/** What a token says. */
export type Claims = Readonly<Record<string, unknown>>;

const TOKEN = /^(?:Bearer +)?[\w-]+\.([\w-]+)\.[\w-]+$/i;

/**
 * What the token of a call says. API Gateway has verified it, but hands over claims that are objects in a form which
 * nobody can read, so that they are read anew of the header that it verified. That it is the same token is seen by
 * whose it is; a header that was sent twice is no token.
 */
export function claimsOf({ headers, verified }: Pick<ApiCall, 'headers' | 'verified'>): Claims {
  const [, payload = ''] = TOKEN.exec(headers.authorization?.trim() ?? '') ?? [];
  const claims = parseJson(Buffer.from(payload, 'base64url').toString('utf8'));
  if (!isClaims(claims)) throw new ApiProblem(401, 'invalid-token');
  const isSame = ['iss', 'sub'].every((name) => String(claims[name]) === String(verified[name]));
  if (!isSame || typeof claims.sub !== 'string') throw new ApiProblem(401, 'invalid-token');
  return claims;
}

const isClaims = (value: unknown): value is Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** API Gateway has looked for the scope already. A route whose scope it was not told of shall be open to nobody. */
export function requireRight(claims: Claims, { scope, for: audience }: ApiRoute): void {
  if (!scopesIn(claims).includes(scope)) throw new ApiProblem(403, 'missing-scope');
  if (audience === 'administrator' && !isProgram(claims) && !isPermitted(claims, scope))
    throw new ApiProblem(403, 'missing-permission');
}

const scopesIn = ({ scope }: Claims) => (typeof scope === 'string' ? scope.split(' ') : []);

// A scope says what somebody asked for at login. Unless the tenant was told that the API goes by roles, it gives every
// scope to whoever asks; only then it says what the person may do.
const isPermitted = ({ permissions }: Claims, scope: ApiScope) =>
  Array.isArray(permissions) && permissions.includes(scope);

// The scopes of a program are granted to it one by one. Its name is made of what the tenant knows it by, as the id of a
// person may look like one: some connections take it from whoever knows the person.
export const isProgram = ({ sub, azp, client_id }: Claims) => sub === `${azp ?? client_id}@clients`;

/** The `user_id` of the person whose token it is; a program's token is refused. */
export function personOf({ sub, gty }: Claims): string {
  const isMachine = isMachineGrant(gty) || (typeof sub === 'string' && sub.endsWith('@clients'));
  if (isMachine) throw new ApiProblem(403, 'machine-token');
  if (typeof sub !== 'string' || !isUserId(sub)) throw new ApiProblem(401, 'invalid-token');
  return sub;
}

// Auth0 joins the grants that led to a token.
const isMachineGrant = (gty: unknown) => String(gty ?? '').includes('client-credentials');
