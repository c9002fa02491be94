import { createHash } from 'node:crypto';
import * as z from 'zod';
import { readProperties, words } from '../api-gateway/read-properties';
import { policyProblems } from '../iam/policy-problems';
import { arn } from './arn';
import { whereOf } from './policy-place';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  KeyPolicy: z.unknown(),
  Description: words,
  EnableKeyRotation: words,
  RotationPeriodInDays: words,
  PendingWindowInDays: words,
  Tags: words,
});

export const kmsKey: ResourceType = {
  type: 'AWS::KMS::Key',
  support:
    'supported: who may use it, by key policy and role. Approximated: asked anew for each call, where AWS keeps a data key for minutes. Recorded: rotation; nothing is encrypted. Refused: asymmetric and multi-region keys, grants',
  properties: Object.keys(PROPERTIES.shape),
  problems: policyProblems,
  create(resource, run) {
    const hash = createHash('sha256').update(resource.physicalName).digest('hex');
    const id = hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    const Arn = arn('kms', `key/${id}`);
    run.iam.encryption.addKey(Arn);
    run.iam.permissions.addToResource(whereOf(resource), Arn, readProperties(resource, PROPERTIES).KeyPolicy);
    return { ref: id, attributes: { Arn, KeyId: id } };
  },
};
