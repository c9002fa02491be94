import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { parseJson } from '../../../events/parse-json';
import type { HttpClient } from '../../runtime/http';

export interface TenantKeysDeps {
  readonly http: HttpClient;
  /** With a slash at its end. */
  readonly issuer: string;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Auth0 tells of a new key hours before it signs with it. */
const MAX_AGE_MS = 10 * 60_000;
/** Tokens with keys of nobody must not become a flood of reads. */
const REREAD_AFTER_MS = 60_000;
const TIMEOUT_MS = 3_000;

/** The public keys of the tenant, read again for a key that nobody knows. Rejects when they cannot be read. */
export function createTenantKeys({ http, issuer, now }: TenantKeysDeps): JWTVerifyGetKey {
  let known: { readonly keys: JWTVerifyGetKey; readonly readAt: number } | undefined;
  const read = async () => {
    const url = `${issuer}.well-known/jwks.json`;
    const { status, body } = await http({ method: 'GET', url, headers: {}, timeoutMs: TIMEOUT_MS });
    if (status !== 200) throw new Error('The keys of the tenant could not be read.');
    known = { keys: createLocalJWKSet(parseJson(body) as JSONWebKeySet), readAt: now() };
    return known;
  };
  return async (header, token) => {
    const fresh = known === undefined || now() - known.readAt > MAX_AGE_MS ? await read() : known;
    try {
      return await fresh.keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || now() - fresh.readAt < REREAD_AFTER_MS) throw error;
      return (await read()).keys(header, token);
    }
  };
}
