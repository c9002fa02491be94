import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Clock } from '../../../clock';
import type { JwtAuthorizerDefinition } from '../definitions';
import { HttpRefusal } from '../http/http-refusal';
import type { JwtContext } from '../http/proxy-event';
import type { HttpRequest } from '../http/read-http-request';
import { claimTexts } from './claim-text';
import type { KeysOf } from './issuer-keys';

/** API Gateway knows RSA alone. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512'];

export interface Authorization {
  readonly authorizer: JwtAuthorizerDefinition;
  /** Of the route; one is enough. */
  readonly scopes: readonly string[];
}

/**
 * Verifies the token of a request, and that it holds a scope of the route.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export async function authorizeRoute(
  { authorizer, scopes }: Authorization,
  request: Pick<HttpRequest, 'headers' | 'rawQuery'>,
  keysOf: KeysOf,
  clock: Pick<Clock, 'now'>,
): Promise<JwtContext> {
  const token = tokenIn(request, authorizer.source);
  if (token === undefined) throw new HttpRefusal('UNAUTHORIZED', { 'www-authenticate': 'Bearer' });
  const claims = await verify(token, authorizer, keysOf, clock.now()).catch((error) =>
    refuse('UNAUTHORIZED', 'invalid_token', wordsOf(error), scopes),
  );
  const held = scopesIn(claims);
  if (scopes.length > 0 && !scopes.some((scope) => held.includes(scope)))
    refuse('FORBIDDEN', 'insufficient_scope', 'the token does not have a scope of the route', scopes);
  return { claims: claimTexts(claims), scopes: scopes.length > 0 ? held : null };
}

function tokenIn(
  { headers, rawQuery }: Pick<HttpRequest, 'headers' | 'rawQuery'>,
  { place, name }: JwtAuthorizerDefinition['source'],
): string | undefined {
  const given = place === 'header' ? headers[name.toLowerCase()] : new URLSearchParams(rawQuery).get(name);
  return given?.replace(/^bearer\s+/i, '').trim() || undefined;
}

async function verify(
  token: string,
  { issuer, audiences }: JwtAuthorizerDefinition,
  keysOf: KeysOf,
  now: number,
): Promise<JWTPayload> {
  const keys = await keysOf(issuer).catch(() => {
    throw new Refused('OIDC discovery endpoint communication error');
  });
  const withId: JWTVerifyGetKey = (header, input) => {
    if (header?.kid === undefined) throw new Refused('the token names no key');
    return keys(header, input);
  };
  const expected = { issuer, algorithms: ALGORITHMS, requiredClaims: ['exp'], currentDate: new Date(now) };
  const { payload } = await jwtVerify(token, withId, expected);
  if (payload.iat !== undefined && payload.iat * 1000 > now)
    throw new Refused('the token was issued in the future');
  if (!audiences.some((audience) => audiencesIn(payload).includes(audience)))
    throw new Refused('the token does not have a valid audience');
  return payload;
}

/** Why a token is not taken, in words of API Gateway. */
class Refused extends Error {}

function wordsOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `the claim ${error.claim} is not valid`;
  if (error instanceof errors.JOSEAlgNotAllowed) return 'the signing method is invalid';
  if (error instanceof errors.JOSEError) return 'the token is invalid';
  throw error;
}

/** The application counts only where the token names no audience. */
function audiencesIn({ aud, client_id }: JWTPayload): unknown[] {
  if (aud === undefined) return [client_id];
  return Array.isArray(aud) ? aud : [aud];
}

function scopesIn({ scope, scp }: JWTPayload): string[] {
  const given = scope ?? scp;
  if (Array.isArray(given)) return given.map(String);
  return typeof given === 'string' ? given.split(' ').filter(Boolean) : [];
}

function refuse(
  type: 'UNAUTHORIZED' | 'FORBIDDEN',
  error: string,
  words: string,
  scopes: readonly string[],
): never {
  const challenge = `Bearer scope="${scopes.join(' ')}" error="${error}" error_description="${words}"`;
  throw new HttpRefusal(type, { 'www-authenticate': challenge }, words);
}
