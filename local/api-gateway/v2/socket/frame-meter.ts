const MASKED = 0x80;
const LENGTH = 0x7f;
const MASK_BYTES = 4;

/** Watches the bytes that a client sends and says when one frame alone is beyond the limit, before it has arrived. */
export function createFrameMeter(limitBytes: number, onTooLong: () => void): (chunk: Buffer) => void {
  let header = Buffer.alloc(0);
  let rest = 0;
  return (chunk) => {
    for (let at = 0; at < chunk.length; ) {
      const step = rest > 0 ? Math.min(rest, chunk.length - at) : 1;
      if (rest > 0) rest -= step;
      else header = Buffer.concat([header, chunk.subarray(at, at + step)]);
      at += step;
      const length = lengthIn(header);
      if (length === undefined) continue;
      if (length > limitBytes) return onTooLong();
      rest = length + ((header[1] ?? 0) & MASKED ? MASK_BYTES : 0);
      header = Buffer.alloc(0);
    }
  };
}

/** Of the payload; undefined until the header says it. https://datatracker.ietf.org/doc/html/rfc6455#section-5.2 */
function lengthIn(header: Buffer): number | undefined {
  if (header.length < 2) return undefined;
  const short = (header[1] ?? 0) & LENGTH;
  if (short < 126) return short;
  if (short === 126) return header.length < 4 ? undefined : header.readUInt16BE(2);
  return header.length < 10 ? undefined : Number(header.readBigUInt64BE(2));
}
