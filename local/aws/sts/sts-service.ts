import { ACCOUNT } from '../../template/pseudo-parameters';
import { AwsError, unsupportedOperation } from '../aws-error';
import type { Credentials } from '../front-door';
import type { AwsService } from '../service';

/** As long as AWS gives without being asked for more. */
const SESSION_MS = 3_600_000;

export interface StsDeps {
  /** Credentials of a role that is not of the template; undefined of any other. */
  readonly takeOn: (roleArn: string) => Credentials | undefined;
  /** Virtual epoch ms. */
  readonly now: () => number;
}

/** Says who calls, by the name the front door knows it by, and lets the operator be a role of somebody else. */
export function createStsService({ takeOn, now }: StsDeps): AwsService {
  const assume = (roleArn: string, session: string) => {
    const taken = takeOn(roleArn);
    if (taken === undefined)
      throw new AwsError('AccessDenied', `The local run lets nobody take on ${roleArn}.`, 403);
    const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = taken;
    const Expiration = new Date(now() + SESSION_MS).toISOString();
    return {
      Credentials: { AccessKeyId, SecretAccessKey, SessionToken: 'local', Expiration },
      AssumedRoleUser: { Arn: roleArn, AssumedRoleId: session },
    };
  };
  return {
    name: 'sts',
    resourceOf: () => undefined,
    async handle(operation, { RoleArn, RoleSessionName }, caller = '') {
      if (operation === 'AssumeRole') return { json: assume(String(RoleArn), String(RoleSessionName)) };
      if (operation !== 'GetCallerIdentity') throw unsupportedOperation('sts', operation);
      const Arn = `arn:aws:iam::${ACCOUNT}:role/${caller}`;
      return { json: { Arn, UserId: caller, Account: ACCOUNT } };
    },
    close: async () => undefined,
  };
}
