import { SignJWT } from 'jose';
import { LOGIN_TOKEN_ALGORITHM, type ReturnToken, type Ticket } from '../../../events/login-tokens';
import type { ReadTokenSecrets } from './token-secrets';
import { keyOf } from './verify-token';

/**
 * Signs a ticket with the newest secret, and what the Action verifies with the oldest: the Action learns a new one only
 * when somebody deploys it, and until the old one ends it knows that. Rejects when there is none that is valid now.
 */
export async function signToken(token: ReturnToken | Ticket, readSecrets: ReadTokenSecrets): Promise<string> {
  const secrets = await readSecrets({ fresh: false });
  const secret = secrets.at(token.purpose === 'return' ? -1 : 0);
  if (secret === undefined) throw new Error('No secret is valid now.');
  const header = { alg: LOGIN_TOKEN_ALGORITHM, typ: 'JWT' };
  return new SignJWT({ ...token }).setProtectedHeader(header).sign(keyOf(secret));
}
