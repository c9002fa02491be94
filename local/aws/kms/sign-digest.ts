import { createECDH, type KeyObject } from 'node:crypto';

/** Order of the curve P-256. */
const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

/**
 * An ECDSA signature of a digest that is given, as DER. Node.js hashes whatever it signs, where KMS takes a digest as it
 * is. For a stand-in: nothing here takes the same time for every key.
 */
export function signDigest(digest: Buffer, privateKey: KeyObject): Buffer {
  const secret = toInteger(Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url'));
  const once = createECDH('prime256v1');
  // The point of a pair of keys made for this signature alone; after the byte that says its form comes x.
  const r = toInteger(once.generateKeys().subarray(1, 33)) % ORDER;
  const s = (inverse(toInteger(once.getPrivateKey())) * (toInteger(digest) + r * secret)) % ORDER;
  return r === 0n || s === 0n ? signDigest(digest, privateKey) : sequence(integer(r), integer(s));
}

const toInteger = (bytes: Buffer) => BigInt(`0x${bytes.toString('hex') || '0'}`);

// By Fermat: the order is a prime.
function inverse(value: bigint): bigint {
  let [result, base, exponent] = [1n, value % ORDER, ORDER - 2n];
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % ORDER;
    base = (base * base) % ORDER;
  }
  return result;
}

function integer(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  // DER's integers have a sign.
  const isNegative = (bytes[0] ?? 0) >= 0x80;
  return tagged(0x02, isNegative ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

const sequence = (...parts: Buffer[]) => tagged(0x30, Buffer.concat(parts));
const tagged = (tag: number, content: Buffer) => Buffer.concat([Buffer.from([tag, content.length]), content]);
