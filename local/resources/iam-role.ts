import { ACCOUNT } from '../template/pseudo-parameters';
import { recordedType } from './recorded-type';

export const iamRole = recordedType(
  'AWS::IAM::Role',
  'says who calls; its policies are not enforced',
  ({ properties, physicalName }) => {
    const name = String(properties.RoleName ?? physicalName);
    return { ref: name, attributes: { Arn: `arn:aws:iam::${ACCOUNT}:role/${name}`, RoleId: name } };
  },
);
