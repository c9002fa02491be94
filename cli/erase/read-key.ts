import type { KeyObject } from 'node:crypto';
import type { Deps } from '../deps';
import { outputOf } from '../target/outputs';

export type KeyDeps = Pick<Deps, 'outputs' | 'signer' | 'readText'>;

/** The key to check a certificate with: of a file, or of the stack. */
export async function readKey(file: string | undefined, deps: KeyDeps): Promise<KeyObject> {
  const { publicKeyOf } = require('../certificate/jws') as typeof import('../certificate/jws');
  if (file !== undefined) return publicKeyOf(await deps.readText(file));
  const arn = outputOf(await deps.outputs(), 'CertificateKeyArn');
  return publicKeyOf(await (await deps.signer()).publicKey(arn));
}
