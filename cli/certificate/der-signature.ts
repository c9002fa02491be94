/** Bytes of a coordinate of the curve P-256. */
const SIZE = 32;

/**
 * The signature as JWS wants it, r and s side by side (RFC 7518, 3.4), of the form that KMS gives: DER, a sequence of two
 * integers. Throws when it is anything else.
 */
export function joseSignatureOf(der: Uint8Array): Buffer {
  const [tag, length, ...content] = der;
  if (tag !== 0x30 || length !== content.length) throw notDer();
  const first = integerAt(content);
  const second = integerAt(content.slice(first.length));
  if (first.length + second.length !== content.length) throw notDer();
  return Buffer.concat([first.value, second.value]);
}

function integerAt([tag, length = 0, ...rest]: readonly number[]) {
  if (tag !== 0x02 || length === 0 || length > rest.length) throw notDer();
  // An integer whose first bit is set has a zero in front, so that it is not negative.
  const bytes = rest[0] === 0 ? rest.slice(1, length) : rest.slice(0, length);
  if (bytes.length > SIZE) throw notDer();
  const padding = new Array<number>(SIZE - bytes.length).fill(0);
  return { length: length + 2, value: Buffer.from([...padding, ...bytes]) };
}

const notDer = () => new Error('KMS gave no signature of the curve P-256.');
