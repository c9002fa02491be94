import { createHash } from 'node:crypto';
import { arn } from './arn';
import { recordedType } from './recorded-type';

export const kmsKey = recordedType(
  'AWS::KMS::Key',
  'nothing is encrypted, policies are not enforced',
  ({ physicalName }) => {
    const hash = createHash('sha256').update(physicalName).digest('hex');
    const id = hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    return { ref: id, attributes: { Arn: arn('kms', `key/${id}`), KeyId: id } };
  },
);
