import type { webcrypto } from 'node:crypto';
import { fromBase64, toBase64 } from './base64';
import { webCrypto } from './web-crypto';

/**
 * Standard Webhooks signatures: HMAC-SHA256 over `<id>.<timestamp>.<body>`.
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */

export const SECRET_PREFIX = 'whsec_';
const VERSION = 'v1';

/** Headers of a signed call, named in lower case as they travel. */
export interface SignatureHeaders {
  readonly 'webhook-id': string;
  /** Seconds since 1970. */
  readonly 'webhook-timestamp': string;
  /** One or more `v1,<base64>` joined by spaces. */
  readonly 'webhook-signature': string;
}

export interface SignedContent {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestampSeconds: number;
  /** The raw body as it is sent. */
  readonly body: string;
}

/** The headers to send with `content`. Throws when `secret` is not `whsec_` + base64. */
export async function sign(secret: string, content: SignedContent): Promise<SignatureHeaders> {
  const mac = await webCrypto().subtle.sign('HMAC', await importKey(secret, 'sign'), signedBytes(content));
  return {
    'webhook-id': content.id,
    'webhook-timestamp': String(content.timestampSeconds),
    'webhook-signature': `${VERSION},${toBase64(new Uint8Array(mac))}`,
  };
}

/**
 * True when one of the signatures in `signatures` was made with `secret` over `content`.
 * The comparison takes the same time wherever the first difference is.
 */
export async function verifySignature(
  secret: string,
  content: SignedContent,
  signatures: string,
): Promise<boolean> {
  const key = await importKey(secret, 'verify');
  const bytes = signedBytes(content);
  for (const mac of macsOf(signatures)) {
    if (await webCrypto().subtle.verify('HMAC', key, mac, bytes)) return true;
  }
  return false;
}

// More than a handful of signatures is no rotation but an attempt to keep us busy.
const MAX_SIGNATURES = 5;

function macsOf(signatures: string): Uint8Array<ArrayBuffer>[] {
  return signatures
    .split(' ', MAX_SIGNATURES)
    .filter((entry) => entry.startsWith(`${VERSION},`))
    .map((entry) => entry.slice(VERSION.length + 1))
    .filter((base64) => /^[A-Za-z0-9+/]{43}=$/.test(base64))
    .map(fromBase64);
}

function importKey(secret: string, usage: 'sign' | 'verify'): Promise<webcrypto.CryptoKey> {
  const key = fromBase64(secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret);
  return webCrypto().subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, [usage]);
}

function signedBytes({ id, timestampSeconds, body }: SignedContent): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${id}.${timestampSeconds}.${body}`);
}
