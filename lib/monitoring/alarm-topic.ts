import { Aws, type RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { EncryptionKeys } from '../encryption-keys';

export interface AlarmTopicProps {
  /** An address, or a topic that exists and lets CloudWatch publish. */
  readonly destination: { readonly email: string } | { readonly topicArn: string };
  readonly keys: EncryptionKeys;
  readonly removalPolicy: RemovalPolicy;
}

/** Where alarms go. */
export class AlarmTopic extends Construct {
  readonly topic: ITopic;

  constructor(scope: Construct, id: string, { destination, keys, removalPolicy }: AlarmTopicProps) {
    super(scope, id);
    this.topic =
      'topicArn' in destination
        ? Topic.fromTopicArn(this, 'Existing', destination.topicArn)
        : this.create(destination.email, keys.topicKey, removalPolicy);
  }

  private create(email: string, masterKey: Key, removalPolicy: RemovalPolicy): Topic {
    const topic = new Topic(this, 'Topic', { masterKey, enforceSSL: true });
    topic.applyRemovalPolicy(removalPolicy);
    topic.addSubscription(new EmailSubscription(email));
    this.letCloudWatchPublish(topic, masterKey);
    return topic;
  }

  // Enforcing TLS replaced the topic's default policy, and a key lets in no service by itself. Without either
  // statement CloudWatch fails to publish, and says so nowhere but in the alarm's history.
  private letCloudWatchPublish(topic: Topic, key: Key): void {
    topic.addToResourcePolicy(ourAlarmsMay('Publish', ['sns:Publish'], topic.topicArn));
    key.addToResourcePolicy(ourAlarmsMay('Encrypt', ['kms:Decrypt', 'kms:GenerateDataKey*'], '*'));
  }
}

function ourAlarmsMay(verb: string, actions: string[], resource: string): PolicyStatement {
  const alarms = `arn:${Aws.PARTITION}:cloudwatch:${Aws.REGION}:${Aws.ACCOUNT_ID}:alarm:*`;
  return new PolicyStatement({
    sid: `AlarmsMay${verb}`,
    effect: Effect.ALLOW,
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions,
    resources: [resource],
    conditions: {
      StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      ArnLike: { 'aws:SourceArn': alarms },
    },
  });
}
