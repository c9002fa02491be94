import { recordedType } from './recorded-type';

export const kmsAlias = recordedType(
  'AWS::KMS::Alias',
  'no name leads to a key',
  ({ properties, physicalName }) => ({
    ref: String(properties.AliasName ?? physicalName),
  }),
);
