import { createHash, createPublicKey, verify } from 'node:crypto';
import { createKmsService } from '../../../../local/aws/kms/kms-service';

const SPEC = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' };
const base64 = (bytes: Buffer | string) => Buffer.from(bytes).toString('base64');

async function aKey() {
  const service = createKmsService();
  const call = async (operation: string, input: object = {}) =>
    (await service.handle(operation, { ...input })).json as Record<string, unknown>;
  const { KeyMetadata } = await call('CreateKey', SPEC);
  const { KeyId, Arn } = KeyMetadata as { KeyId: string; Arn: string };
  const { PublicKey } = await call('GetPublicKey', { KeyId: Arn });
  const key = Buffer.from(String(PublicKey), 'base64');
  return { call, KeyId, publicKey: createPublicKey({ key, format: 'der', type: 'spki' }) };
}

test('a message and its digest are signed alike, each time anew', async () => {
  const { call, KeyId, publicKey } = await aKey();
  const digest = createHash('sha256').update('hello').digest();
  const SigningAlgorithm = 'ECDSA_SHA_256';
  const seen = new Set<unknown>();
  for (let round = 0; round < 20; round += 1) {
    for (const asked of [
      { Message: base64('hello') },
      { Message: base64('hello'), MessageType: 'RAW' },
      { Message: base64(digest), MessageType: 'DIGEST' },
    ]) {
      const { Signature } = await call('Sign', { KeyId, SigningAlgorithm, ...asked });
      seen.add(Signature);
      expect(
        verify('sha256', Buffer.from('hello'), publicKey, Buffer.from(String(Signature), 'base64')),
      ).toBe(true);
    }
  }
  expect(seen.size).toBe(60);
});

test.each([
  ['another algorithm', { SigningAlgorithm: 'RSASSA_PSS_SHA_256' }, 'InvalidKeyUsageException'],
  ['a digest of another length', { MessageType: 'DIGEST' }, 'ValidationException'],
  ['a message that is too long', { Message: base64('x'.repeat(4097)) }, 'ValidationException'],
  ['a type of message that there is not', { MessageType: 'TEXT' }, 'ValidationException'],
  ['a key that there is not', { KeyId: 'other' }, 'NotFoundException'],
])('rejects %s', async (_, asked, code) => {
  const { call, KeyId } = await aKey();
  const input = { KeyId, SigningAlgorithm: 'ECDSA_SHA_256', Message: base64('hello'), ...asked };
  await expect(call('Sign', input)).rejects.toMatchObject({ code });
});

test('rejects what it does not know', async () => {
  const { call } = await aKey();
  await expect(call('CreateKey', { ...SPEC, KeySpec: 'RSA_2048' })).rejects.toMatchObject({
    code: 'ValidationException',
  });
  await expect(call('Encrypt', {})).rejects.toThrow('Encrypt');
});
