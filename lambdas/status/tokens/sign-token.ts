import { SignJWT } from 'jose';
import { LOGIN_TOKEN_ALGORITHM, type ReturnToken, type Ticket } from '../../../events/login-tokens';
import type { ReadTokenSecrets } from './token-secrets';
import { keyOf } from './verify-token';

/** Signs with the newest secret. Rejects when there is none that is valid now. */
export async function signToken(token: ReturnToken | Ticket, readSecrets: ReadTokenSecrets): Promise<string> {
  const [newest] = await readSecrets({ fresh: false });
  if (newest === undefined) throw new Error('No secret is valid now.');
  const header = { alg: LOGIN_TOKEN_ALGORITHM, typ: 'JWT' };
  return new SignJWT({ ...token }).setProtectedHeader(header).sign(keyOf(newest));
}
