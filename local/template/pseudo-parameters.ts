import { NO_VALUE } from './intrinsics';

export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';

/** What `AWS::...` gives in the local run. */
export function pseudoParameters(stackName: string): Record<string, unknown> {
  return {
    ...PSEUDO_TEXTS,
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${stackName}/local`,
    'AWS::NotificationARNs': [],
    'AWS::NoValue': NO_VALUE,
  };
}

export const PSEUDO_TEXTS: Record<string, string> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Region': REGION,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};
