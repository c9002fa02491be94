import type { RemovalPolicy } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { EncryptionKeys } from './encryption-keys';

/** What every stage of the stack is given. */
export interface StageProps {
  readonly keys: EncryptionKeys;
  /** Name of the environment, such as `dev`: a dimension of our metrics. */
  readonly environmentName: string;
  /** Where alarms go. */
  readonly alarmTopic: ITopic;
  /** Address or path of the runbook, without an anchor. */
  readonly runbookUrl: string;
  /** `RETAIN` keeps and protects what holds state; `DESTROY` is for throw-away stacks. */
  readonly removalPolicy: RemovalPolicy;
}
