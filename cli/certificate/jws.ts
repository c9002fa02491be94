import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { CliError } from '../cli-error';
import { joseSignatureOf } from './der-signature';

/** The only algorithm there is: what a certificate says of itself is compared with it and never followed. */
const ALGORITHM = 'ES256';
const TYPE = 'punctual-erasure+jws';

/** Signs the SHA-256 of something; gives DER. */
export type SignDigest = (digest: Uint8Array) => Promise<Uint8Array>;

/** `payload` as JWS in its compact form (RFC 7515), signed by the private half of `publicKey`. */
export async function signJws(payload: object, publicKey: KeyObject, sign: SignDigest): Promise<string> {
  const header = { alg: ALGORITHM, typ: TYPE, kid: thumbprintOf(publicKey) };
  const signed = [header, payload].map((part) => encode(JSON.stringify(part))).join('.');
  const signature = joseSignatureOf(await sign(createHash('sha256').update(signed).digest()));
  const jws = `${signed}.${signature.toString('base64url')}`;
  // What was signed by another key than it names would be worth nothing, and nobody would know for years.
  openJws(jws, publicKey);
  return jws;
}

/** The payload of a JWS that `publicKey` signed. Fails with `bad-`, `foreign-` or `tampered-certificate`. */
export function openJws(text: string, publicKey: KeyObject): unknown {
  const [header = '', payload = '', signature = '', ...more] = text.trim().split('.');
  if (more.length > 0) throw malformed('has more than three parts');
  const said = parse(header, 'header');
  refuseForeign(said, publicKey);
  const bytes = decode(signature, 'signature');
  const options = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  const isOurs = bytes.length === 64 && verify('sha256', Buffer.from(`${header}.${payload}`), options, bytes);
  if (isOurs) return parse(payload, 'payload');
  throw new CliError(
    'tampered-certificate',
    'The signature does not fit: the certificate was changed, or made up',
    undefined,
    1,
  );
}

// `alg: none`, or a MAC made with the public key as its secret, would be believed by who goes by the header.
function refuseForeign(header: unknown, publicKey: KeyObject): void {
  const { alg, typ, kid, ...more } = (header ?? {}) as Record<string, unknown>;
  if (alg !== ALGORITHM) throw foreign(`It is not signed with ${ALGORITHM}`);
  if (typ !== TYPE || Object.keys(more).length > 0) throw foreign('It is no certificate of erasure');
  if (kid !== thumbprintOf(publicKey)) {
    const hint = 'Name the stack that made it, or the public key of that stack';
    throw foreign('It is signed with another key than this one', hint);
  }
}

/** Name of a key (RFC 7638). Fails with `bad-public-key` for one that is not of the curve P-256. */
export function thumbprintOf(publicKey: KeyObject): string {
  if (publicKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw badKey();
  const { crv, kty, x, y } = publicKey.export({ format: 'jwk' });
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
}

/** A public key from PEM, or from DER as KMS gives it. Fails with `bad-public-key`. */
export function publicKeyOf(source: string | Uint8Array): KeyObject {
  try {
    if (typeof source !== 'string')
      return createPublicKey({ key: Buffer.from(source), format: 'der', type: 'spki' });
    // Of a private key Node.js would make the public one, and nobody should hand that round.
    if (!source.includes('BEGIN PUBLIC KEY')) throw badKey();
    return createPublicKey(source);
  } catch {
    throw badKey();
  }
}

function parse(text: string, part: string): unknown {
  try {
    return JSON.parse(decode(text, part).toString('utf8'));
  } catch {
    throw malformed(`has a ${part} that is no JSON`);
  }
}

// Several texts stand for the same bytes; only one of them is what was written.
function decode(text: string, part: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (text !== '' && bytes.toString('base64url') === text) return bytes;
  throw malformed(`has a ${part} that is no base64url`);
}

const encode = (text: string) => Buffer.from(text).toString('base64url');

function malformed(words: string): CliError {
  return new CliError('bad-certificate', `It is no certificate: it ${words}`, undefined, 1);
}

function foreign(words: string, hint?: string): CliError {
  return new CliError('foreign-certificate', words, hint, 1);
}

function badKey(): CliError {
  const hint = 'punctual erase key prints one as PEM';
  return new CliError('bad-public-key', 'It is no public key of the curve P-256', hint, 2);
}
