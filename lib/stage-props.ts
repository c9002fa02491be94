import type { RemovalPolicy } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { EncryptionKeys } from './encryption-keys';

/** What every stage of the stack is given. */
export interface StageProps {
  readonly keys: EncryptionKeys;
  /** Where alarms go. */
  readonly alarmTopic: ITopic;
  /** `RETAIN` keeps and protects what holds state; `DESTROY` is for throw-away stacks. */
  readonly removalPolicy: RemovalPolicy;
}
