import { createHmac, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { joseSignatureOf } from '../../../cli/certificate/der-signature';
import { openJws, publicKeyOf, signJws, thumbprintOf } from '../../../cli/certificate/jws';
import { createKmsService } from '../../../local/aws/kms/kms-service';

async function aKey() {
  const service = createKmsService();
  const ask = async (operation: string, input: object) =>
    (await service.handle(operation, { ...input })).json as Record<string, string>;
  const spec = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' };
  const { KeyMetadata } = (await service.handle('CreateKey', spec)).json as {
    KeyMetadata: { KeyId: string };
  };
  const { KeyId } = KeyMetadata;
  const { PublicKey = '' } = await ask('GetPublicKey', { KeyId });
  return {
    publicKey: publicKeyOf(Buffer.from(PublicKey, 'base64')),
    signDigest: async (digest: Uint8Array) => {
      const Message = Buffer.from(digest).toString('base64');
      const asked = { KeyId, Message, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' };
      return Buffer.from((await ask('Sign', asked)).Signature ?? '', 'base64');
    },
  };
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function signed(payload: object = { userRef: 'ref' }) {
  const key = await aKey();
  const jws = await signJws(payload, key.publicKey, key.signDigest);
  const [header = '', body = '', signature = ''] = jws.split('.');
  return { ...key, jws, header, body, signature };
}

const codeOf = (text: string, key: KeyObject): string => {
  try {
    openJws(text, key);
    return 'opened';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test('what was signed is read again, by who has the public key alone', async () => {
  const { jws, publicKey } = await signed({ userRef: 'ref', of: 'Zoë' });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  expect(openJws(`${jws}\n`, publicKeyOf(pem))).toEqual({ userRef: 'ref', of: 'Zoë' });
});

test('the header names the algorithm and the key', async () => {
  const { header, publicKey } = await signed();
  expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
    ...{ alg: 'ES256', typ: 'punctual-erasure+jws' },
    kid: thumbprintOf(publicKey),
  });
});

test('rejects one that was changed in any place', async () => {
  const { header, signature, publicKey, jws } = await signed();
  expect(codeOf(`${header}.${encode({ userRef: 'other' })}.${signature}`, publicKey)).toBe(
    'tampered-certificate',
  );
  for (let at = 0; at < jws.length; at += 1) {
    const other = jws[at] === 'A' ? 'B' : 'A';
    expect(codeOf(jws.slice(0, at) + other + jws.slice(at + 1), publicKey)).not.toBe('opened');
  }
});

test('rejects one that another key signed', async () => {
  const { jws } = await signed();
  const { publicKey } = await aKey();
  expect(codeOf(jws, publicKey)).toBe('foreign-certificate');
  const { header, body, signature } = await signed();
  const claims = encode({
    ...JSON.parse(Buffer.from(header, 'base64url').toString()),
    kid: thumbprintOf(publicKey),
  });
  expect(codeOf(`${claims}.${body}.${signature}`, publicKey)).toBe('tampered-certificate');
});

test('rejects another algorithm, whatever signature comes with it', async () => {
  const { body, header, publicKey } = await signed();
  const said = JSON.parse(Buffer.from(header, 'base64url').toString());
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  for (const alg of ['none', 'None', 'HS256', 'ES384', 'es256', undefined, ['ES256']]) {
    const begin = `${encode({ ...said, alg })}.${body}`;
    const mac = createHmac('sha256', pem).update(begin).digest('base64url');
    for (const end of ['', mac]) expect(codeOf(`${begin}.${end}`, publicKey)).toBe('foreign-certificate');
  }
});

test('rejects a header that says more than ours, such as what must be understood', async () => {
  const { body, header, signature, publicKey } = await signed();
  const said = JSON.parse(Buffer.from(header, 'base64url').toString());
  for (const more of [{ crit: ['b64'], b64: false }, { jwk: {} }, { typ: 'JWT' }]) {
    expect(codeOf(`${encode({ ...said, ...more })}.${body}.${signature}`, publicKey)).toBe(
      'foreign-certificate',
    );
  }
});

test.each(['', 'a', 'a.b', '....', 'e30.e30.e30.e30', 'not a certificate', '{}', '\u0000'])(
  'rejects %j as none',
  async (text) => {
    const { publicKey } = await aKey();
    expect(codeOf(text, publicKey)).toMatch(/^(bad|foreign)-certificate$/);
  },
);

test('rejects a signature of the wrong length, and one of zeros', async () => {
  const { header, body, signature, publicKey } = await signed();
  for (const bytes of [Buffer.alloc(64), Buffer.alloc(63, 1), Buffer.alloc(65, 1)]) {
    expect(codeOf(`${header}.${body}.${bytes.toString('base64url')}`, publicKey)).toBe(
      'tampered-certificate',
    );
  }
  expect(codeOf(`${header}.${body}.${signature}=`, publicKey)).toBe('bad-certificate');
});

test('rejects keys that are not public ones of the curve', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const pem = p384.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect(() => thumbprintOf(rsa)).toThrow('P-256');
  expect(() => thumbprintOf(p384.publicKey)).toThrow('P-256');
  for (const text of ['', 'none', pem]) expect(() => publicKeyOf(text)).toThrow('P-256');
  expect(() => publicKeyOf(Buffer.alloc(91))).toThrow('P-256');
});

describe('a signature as KMS gives it', () => {
  test('becomes the one that JWS wants, whatever its numbers', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
    // Of so many some numbers are shorter than the curve, and some have the zero in front.
    for (let round = 0; round < 600; round += 1) {
      const message = Buffer.from(`${round}`);
      expect(verify('sha256', message, key, joseSignatureOf(sign('sha256', message, privateKey)))).toBe(true);
    }
  });

  test('rejects anything else, and never with more or fewer than 64 bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        try {
          return joseSignatureOf(bytes).length === 64;
        } catch (error) {
          return (error as Error).message.includes('P-256');
        }
      }),
    );
  });
});
