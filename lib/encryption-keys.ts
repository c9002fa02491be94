import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export interface EncryptionKeysProps {
  /** What happens to the keys with the stack. What a lost key encrypted is lost as well. */
  readonly removalPolicy: RemovalPolicy;
}

/**
 * Three keys, because three kinds of principals use them, and because a key shared by topic and queue closes a
 * circle: its policy would name the topic that it encrypts.
 */
export class EncryptionKeys extends Construct {
  /** Topics. */
  readonly topicKey: Key;
  /** Queues and dead-letter queues, which SNS writes to. */
  readonly queueKey: Key;
  /** Tables and secrets. */
  readonly dataKey: Key;

  constructor(scope: Construct, id: string, { removalPolicy }: EncryptionKeysProps) {
    super(scope, id);
    const isKept = removalPolicy === RemovalPolicy.RETAIN;
    const create = (name: string, description: string) =>
      new Key(this, name, {
        description: `Punctual: ${description}`,
        enableKeyRotation: true,
        removalPolicy,
        pendingWindow: Duration.days(isKept ? 30 : 7),
      });
    this.topicKey = create('TopicKey', 'topics');
    this.queueKey = create('QueueKey', 'queues');
    this.dataKey = create('DataKey', 'tables and secrets');
  }
}
