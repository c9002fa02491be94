import { createHash } from 'node:crypto';
import * as z from 'zod';
import { readProperties, words } from '../api-gateway/read-properties';
import { policyProblems } from '../iam/policy-problems';
import type { LocalRun } from '../local-run';
import { arn, CLOUDFORMATION } from './arn';
import { whereOf } from './policy-place';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  KeyPolicy: z.unknown(),
  Description: words,
  KeySpec: z.enum(['SYMMETRIC_DEFAULT', 'ECC_NIST_P256']).default('SYMMETRIC_DEFAULT'),
  KeyUsage: z.enum(['ENCRYPT_DECRYPT', 'SIGN_VERIFY']).default('ENCRYPT_DECRYPT'),
  EnableKeyRotation: words,
  RotationPeriodInDays: words,
  PendingWindowInDays: words,
  Tags: words,
});

export const kmsKey: ResourceType = {
  type: 'AWS::KMS::Key',
  support:
    'supported: who may use it, by key policy and role. Approximated: asked anew for each call, where AWS keeps a data key for minutes. Signatures with a key of the curve P-256. Recorded: rotation; nothing is encrypted. Refused: other asymmetric and multi-region keys, grants',
  properties: Object.keys(PROPERTIES.shape),
  problems: policyProblems,
  async create(resource, run) {
    const { KeyPolicy, KeySpec, KeyUsage } = readProperties(resource, PROPERTIES);
    const id =
      KeyUsage === 'SIGN_VERIFY'
        ? await signingKey({ KeySpec, KeyUsage }, run)
        : encryptionKey(resource.physicalName);
    const Arn = arn('kms', `key/${id}`);
    if (KeyUsage === 'ENCRYPT_DECRYPT') run.iam.encryption.addKey(Arn);
    run.iam.permissions.addToResource(whereOf(resource), Arn, KeyPolicy);
    return { ref: id, attributes: { Arn, KeyId: id } };
  },
};

function encryptionKey(physicalName: string): string {
  const hash = createHash('sha256').update(physicalName).digest('hex');
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

async function signingKey(input: Record<string, unknown>, run: LocalRun): Promise<string> {
  const call = { service: 'kms', operation: 'CreateKey', caller: CLOUDFORMATION, input } as const;
  const { KeyMetadata } = await run.frontDoor.call<{ KeyMetadata: { KeyId: string } }>(call);
  return KeyMetadata.KeyId;
}
