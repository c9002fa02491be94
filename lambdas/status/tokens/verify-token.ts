import { errors, type JWTPayload, jwtVerify } from 'jose';
import { LOGIN_TOKEN_ALGORITHM } from '../../../events/login-tokens';
import type { ReadTokenSecrets } from './token-secrets';

/** `expired` only of a token whose signature is right. */
export type TokenRefusal = 'expired' | 'forged';

export type Refused = { readonly ok: false; readonly why: TokenRefusal };
/** Of one that is too old, its claims show where it led. */
export type VerifiedToken =
  | { readonly ok: true; readonly claims: JWTPayload }
  | (Refused & { readonly claims?: JWTPayload });

export const FORGED: Refused = { ok: false, why: 'forged' };

/** A token of ours has some hundreds; one with the names of a hundred systems some thousands. */
const MAX_TOKEN_LENGTH = 8_192;

/**
 * Whether a token was signed with one of the secrets and is valid at `now`. What it is for, the caller has to look at.
 * A secret that was added since it was read is read again; {@link ReadTokenSecrets} keeps that rare. Rejects when
 * no secret can be read.
 */
export async function verifyToken(
  token: string,
  readSecrets: ReadTokenSecrets,
  now: number,
): Promise<VerifiedToken> {
  if (token.length > MAX_TOKEN_LENGTH) return FORGED;
  const known = await verifyWithAny(token, await readSecrets({ fresh: false }), now);
  if (known.ok || known.why === 'expired') return known;
  return verifyWithAny(token, await readSecrets({ fresh: true }), now);
}

async function verifyWithAny(token: string, secrets: readonly string[], now: number): Promise<VerifiedToken> {
  for (const secret of secrets) {
    const verified = await verifyWith(token, secret, now);
    if (verified.ok || verified.why === 'expired') return verified;
  }
  return FORGED;
}

async function verifyWith(token: string, secret: string, now: number): Promise<VerifiedToken> {
  try {
    const { payload } = await jwtVerify(token, keyOf(secret), {
      // The header of a token says what its maker likes: `none`, or an algorithm for which this secret is public.
      algorithms: [LOGIN_TOKEN_ALGORITHM],
      requiredClaims: ['sub', 'exp'],
      currentDate: new Date(now),
    });
    return { ok: true, claims: payload };
  } catch (error) {
    return error instanceof errors.JWTExpired ? { ok: false, why: 'expired', claims: error.payload } : FORGED;
  }
}

/** The key of HS256, as Auth0 makes it of the text of a secret. */
export const keyOf = (secret: string): Uint8Array => new TextEncoder().encode(secret);
