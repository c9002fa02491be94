import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Caller } from './caller';
import { type AwsContext, withClock } from './client';
import { asking } from './explain-aws-error';

export async function readCaller({ config, clock }: AwsContext): Promise<Caller> {
  const client = withClock(new STSClient(config), clock);
  const { Arn = '' } = await asking('sts:GetCallerIdentity', client.send(new GetCallerIdentityCommand({})));
  return { arn: Arn };
}
