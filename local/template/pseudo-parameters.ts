import { createHash } from 'node:crypto';
import { NO_VALUE } from './intrinsics';

export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';

/** What `AWS::...` gives in the local run. */
export function pseudoParameters(stackName: string): Record<string, unknown> {
  return {
    ...PSEUDO_TEXTS,
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${stackName}/${stackUuid(stackName)}`,
    'AWS::NotificationARNs': [],
    'AWS::NoValue': NO_VALUE,
  };
}

/** Names made of it must differ between stacks, and be the same in every run. */
function stackUuid(stackName: string): string {
  const hash = createHash('sha256').update(stackName).digest('hex');
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

export const PSEUDO_TEXTS: Record<string, string> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Region': REGION,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};
