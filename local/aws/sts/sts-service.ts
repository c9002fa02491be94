import { ACCOUNT } from '../../template/pseudo-parameters';
import { unsupportedOperation } from '../aws-error';
import type { AwsService } from '../service';

/** Says who calls, by the name the front door knows it by. */
export function createStsService(): AwsService {
  return {
    name: 'sts',
    resourceOf: () => undefined,
    async handle(operation, _, caller = '') {
      if (operation !== 'GetCallerIdentity') throw unsupportedOperation('sts', operation);
      const Arn = `arn:aws:iam::${ACCOUNT}:role/${caller}`;
      return { json: { Arn, UserId: caller, Account: ACCOUNT } };
    },
    close: async () => undefined,
  };
}
