import { toBase64Url } from '../../events/base64';
import { webCrypto } from '../../events/web-crypto';
import { NotEmitted } from './emit-codes';

/**
 * An id that is the same whenever the same fact is told again: Auth0 gives a registration none. It is keyed,
 * as ids appear in logs and a plain hash of a user id can be guessed. The key is the text of the secret, while
 * signatures use the bytes behind it, so an id is never a signature of anything.
 */
export async function eventId(prefix: string, secret: string, facts: readonly string[]): Promise<string> {
  return `${prefix}_${toBase64Url(await hmac(secret, JSON.stringify(facts))).slice(0, 32)}`;
}

async function hmac(secret: string, text: string): Promise<Uint8Array> {
  try {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    const { subtle } = webCrypto();
    const key = await subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, ['sign']);
    return new Uint8Array(await subtle.sign('HMAC', key, new TextEncoder().encode(text)));
  } catch {
    throw new NotEmitted('no-crypto');
  }
}
