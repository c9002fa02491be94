import { createFrameMeter } from '../../../../local/api-gateway/v2/socket/frame-meter';

const LIMIT = 32_768;

/** The beginning of a frame of a client, and its payload. */
function aFrame(length: number): Buffer {
  const mask = Buffer.alloc(4);
  const header = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  header[0] = 0x81;
  header[1] = 0x80 | (length < 126 ? length : length < 65_536 ? 126 : 127);
  if (header.length === 4) header.writeUInt16BE(length, 2);
  if (header.length === 10) header.writeBigUInt64BE(BigInt(length), 2);
  // A payload that would be the header of a long frame.
  return Buffer.concat([header, mask, Buffer.alloc(length, 0xff)]);
}

const isTooLong = (chunks: readonly Buffer[]) => {
  let found = false;
  const meter = createFrameMeter(LIMIT, () => {
    found = true;
  });
  for (const chunk of chunks) meter(chunk);
  return found;
};

const inBytes = (buffer: Buffer) => [...buffer].map((byte) => Buffer.from([byte]));

test.each([0, 1, 125, 126, 32_767, 32_768])(
  'a frame of %d bytes passes, and so does what comes after it',
  (length) => {
    const frames = Buffer.concat([aFrame(length), aFrame(5), aFrame(length)]);
    expect(isTooLong([frames])).toBe(false);
    expect(isTooLong(inBytes(frames))).toBe(false);
  },
);

test.each([32_769, 65_535, 65_536, 200_000])('rejects a frame of %d bytes by its header', (length) => {
  const header = aFrame(length).subarray(0, 10);
  expect(isTooLong([Buffer.concat([aFrame(126), header])])).toBe(true);
  expect(isTooLong(inBytes(Buffer.concat([aFrame(3), header])))).toBe(true);
});
