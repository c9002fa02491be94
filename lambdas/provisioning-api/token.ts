import { parseJson } from '../../events/parse-json';
import type { ApiScope } from '../../events/provisioning-api/routes';
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

/** API Gateway has looked already. A route whose scope it was not told of shall be open to nobody. */
export function requireScope({ scope }: Claims, wanted: ApiScope): void {
  const scopes = typeof scope === 'string' ? scope.split(' ') : [];
  if (!scopes.includes(wanted)) throw new ApiProblem(403, 'missing-scope');
}

/** The `user_id` of the person whose token it is; a program's token is refused. */
export function personOf({ sub, gty }: Claims): string {
  const isMachine = isMachineGrant(gty) || (typeof sub === 'string' && sub.endsWith('@clients'));
  if (isMachine) throw new ApiProblem(403, 'machine-token');
  if (typeof sub !== 'string' || !isUserId(sub)) throw new ApiProblem(401, 'invalid-token');
  return sub;
}

// Auth0 joins the grants that led to a token.
const isMachineGrant = (gty: unknown) => String(gty ?? '').includes('client-credentials');
