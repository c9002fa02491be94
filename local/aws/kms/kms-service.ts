import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { arn } from '../../resources/arn';
import { AwsError, unsupportedOperation } from '../aws-error';
import type { AwsService } from '../service';
import { signDigest } from './sign-digest';

type Input = Record<string, unknown>;
type Output = Record<string, unknown>;

interface SigningKey {
  readonly arn: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const KEY_SPEC = 'ECC_NIST_P256';
const ALGORITHM = 'ECDSA_SHA_256';
/** What KMS hashes itself; longer than that the caller has to. */
const LONGEST_RAW = 4096;
const DIGEST_LENGTH = 32;

/** Keys of the curve P-256 that sign. What encrypts is asked for by no call of its own. */
export function createKmsService(): AwsService {
  const keys = new Map<string, SigningKey>();
  const find = ({ KeyId }: Input): SigningKey => {
    const id =
      String(KeyId ?? '')
        .split('/')
        .at(-1) ?? '';
    const key = keys.get(id);
    if (key !== undefined) return key;
    throw new AwsError('NotFoundException', `The key ${id} does not exist, or does not sign.`);
  };
  const operations: Record<string, (input: Input) => Output> = {
    CreateKey: (input) => {
      const id = randomUUID();
      keys.set(id, newKey(id, input));
      return { KeyMetadata: { KeyId: id, Arn: keys.get(id)?.arn } };
    },
    GetPublicKey: (input) => describePublicKey(find(input)),
    Sign: (input) => signWith(find(input), input),
  };
  return {
    name: 'kms',
    resourceOf: (_, { KeyId }) => (KeyId === undefined ? undefined : String(KeyId).split('/').at(-1)),
    async handle(operation, input) {
      const known = operations[operation];
      if (!known) throw unsupportedOperation('kms', operation);
      return { json: known(input) };
    },
    close: async () => undefined,
  };
}

function newKey(id: string, { KeySpec, KeyUsage }: Input): SigningKey {
  if (KeySpec !== KEY_SPEC || KeyUsage !== 'SIGN_VERIFY') {
    throw new AwsError(
      'ValidationException',
      `The local run has keys of ${KEY_SPEC} that sign, and no others.`,
    );
  }
  return { arn: arn('kms', `key/${id}`), ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
}

function describePublicKey({ arn: KeyId, publicKey }: SigningKey): Output {
  return {
    ...{ KeyId, KeySpec: KEY_SPEC, KeyUsage: 'SIGN_VERIFY', SigningAlgorithms: [ALGORITHM] },
    PublicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  };
}

function signWith({ arn: KeyId, privateKey }: SigningKey, input: Input): Output {
  const { Message, MessageType = 'RAW', SigningAlgorithm } = input;
  if (SigningAlgorithm !== ALGORITHM) {
    throw new AwsError('InvalidKeyUsageException', `A key of ${KEY_SPEC} signs with ${ALGORITHM}.`);
  }
  const message = Buffer.from(String(Message ?? ''), 'base64');
  refuseLength(message, MessageType);
  const isRaw = MessageType === 'RAW';
  const signature = isRaw ? sign('sha256', message, privateKey) : signDigest(message, privateKey);
  return { KeyId, Signature: signature.toString('base64'), SigningAlgorithm };
}

function refuseLength(message: Buffer, type: unknown): void {
  const isFine =
    type === 'RAW' ? message.length > 0 && message.length <= LONGEST_RAW : message.length === DIGEST_LENGTH;
  if (isFine && (type === 'RAW' || type === 'DIGEST')) return;
  throw new AwsError('ValidationException', `${message.length} bytes are no message of the type ${type}.`);
}
