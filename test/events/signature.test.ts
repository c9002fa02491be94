import { createHmac } from 'node:crypto';
import { parseKeys, SIGNATURE_TOLERANCE_MS, type SigningKey, verifyWithKeyRing } from '../../events/key-ring';
import { sign, verifySignature } from '../../events/signature';

const SECRET = `whsec_${Buffer.from('a key of thirty-two bytes length').toString('base64')}`;
const OTHER = `whsec_${Buffer.from('another key with 32 bytes length').toString('base64')}`;
const SIGNED_AT = 1_763_629_200;
const content = { id: 'reg_1', timestampSeconds: SIGNED_AT, body: '{"name":"Zoë 🚀 & O\'Brien"}' };

async function signedWith(secret: string, acceptedAt = SIGNED_AT * 1000) {
  const headers = await sign(secret, content);
  return { ...content, signatures: headers['webhook-signature'], acceptedAt };
}

describe('signing', () => {
  test('follows Standard Webhooks to the byte', async () => {
    const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64');
    const mac = createHmac('sha256', key).update(`reg_1.${SIGNED_AT}.${content.body}`).digest('base64');
    expect(await sign(SECRET, content)).toEqual({
      'webhook-id': 'reg_1',
      'webhook-timestamp': String(SIGNED_AT),
      'webhook-signature': `v1,${mac}`,
    });
  });

  test('verifies when one of several signatures is right', async () => {
    const { signatures } = await signedWith(SECRET);
    const list = `v1,${'A'.repeat(43)}= v2,whatever ${signatures}`;
    expect(await verifySignature(SECRET, content, list)).toBe(true);
  });

  test.each([
    ['id', { ...content, id: 'reg_2' }],
    ['timestamp', { ...content, timestampSeconds: SIGNED_AT + 1 }],
    ['body', { ...content, body: content.body.replace('Zoë', 'Zoe') }],
  ])('rejects a changed %s', async (_what, changed) => {
    const { signatures } = await signedWith(SECRET);
    expect(await verifySignature(SECRET, changed, signatures)).toBe(false);
  });

  test.each(['', 'v1', 'v1,', 'v1,***', 'v1a,AAAA', 'v1,AAAA', `v1,${'A'.repeat(5000)}`, '\u0000'])(
    'rejects the malformed signature %j without throwing',
    async (signatures) => {
      expect(await verifySignature(SECRET, content, signatures)).toBe(false);
    },
  );
});

describe('a key ring', () => {
  const ringOf = (...keys: SigningKey[]) => ({ actions: keys });

  test('names the issuer whose key signed', async () => {
    const ring = { 'event-stream': [{ secret: OTHER }], actions: [{ secret: SECRET }] };
    expect(await verifyWithKeyRing(ring, await signedWith(OTHER))).toEqual({
      ok: true,
      issuer: 'event-stream',
    });
  });

  test('rejects a signature of a key it does not hold', async () => {
    const verification = await verifyWithKeyRing(ringOf({ secret: SECRET }), await signedWith(OTHER));
    expect(verification).toEqual({ ok: false, code: 'signature-invalid' });
  });

  test('measures the tolerance against the moment of acceptance, on both sides', async () => {
    const at = SIGNED_AT * 1000;
    const verifyAccepted = async (acceptedAt: number) =>
      (await verifyWithKeyRing(ringOf({ secret: SECRET }), await signedWith(SECRET, acceptedAt))).ok;
    expect(await verifyAccepted(at + SIGNATURE_TOLERANCE_MS)).toBe(true);
    expect(await verifyAccepted(at - SIGNATURE_TOLERANCE_MS)).toBe(true);
    expect(await verifyAccepted(at + SIGNATURE_TOLERANCE_MS + 1)).toBe(false);
    expect(await verifyAccepted(at - SIGNATURE_TOLERANCE_MS - 1)).toBe(false);
  });

  test('a retired key still verifies what was accepted while it was valid, and nothing later', async () => {
    const at = SIGNED_AT * 1000;
    const accepted = await signedWith(SECRET, at);
    expect((await verifyWithKeyRing(ringOf({ secret: SECRET, notAfter: at }), accepted)).ok).toBe(true);
    expect((await verifyWithKeyRing(ringOf({ secret: SECRET, notAfter: at - 1 }), accepted)).ok).toBe(false);
    expect((await verifyWithKeyRing(ringOf({ secret: SECRET, notBefore: at + 1 }), accepted)).ok).toBe(false);
  });
});

describe('reading the secret of an issuer', () => {
  const bare = 'q'.repeat(44);

  test('takes the bare text of the first deployment', () => {
    expect(parseKeys(` ${bare}\n`)).toEqual([{ secret: bare }]);
  });

  test('takes the ring that a rotation leaves', () => {
    const keys = [
      { secret: `whsec_${bare}`, notAfter: 1 },
      { secret: bare, notBefore: 1 },
    ];
    expect(parseKeys(JSON.stringify({ keys }))).toEqual(keys);
  });

  test.each([
    '',
    'short',
    '{"keys":[]}',
    '{"keys":[{}]}',
    '{"keys":[{"secret":"x"}]}',
    '{',
    '{"keys":"x"}',
    'q'.repeat(45),
  ])('fails on %j instead of trusting nothing or everything', (text) => {
    expect(() => parseKeys(text)).toThrow();
  });
});
