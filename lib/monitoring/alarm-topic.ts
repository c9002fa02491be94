import { Aws, type RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface AlarmTopicProps {
  /** An address, or a topic that exists and lets CloudWatch publish. */
  readonly destination: { readonly email: string } | { readonly topicArn: string };
  /** Encrypts a topic that is created. */
  readonly key: Key;
  readonly removalPolicy: RemovalPolicy;
}

/** Where alarms go. */
export class AlarmTopic extends Construct {
  readonly topic: ITopic;

  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    this.topic =
      'topicArn' in props.destination
        ? Topic.fromTopicArn(this, 'Existing', props.destination.topicArn)
        : this.create(props.destination.email, props);
  }

  private create(email: string, { key, removalPolicy }: AlarmTopicProps): Topic {
    const topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    topic.applyRemovalPolicy(removalPolicy);
    topic.addSubscription(new EmailSubscription(email));
    this.letCloudWatchPublish(topic, key);
    return topic;
  }

  // Enforcing TLS replaced the topic's default policy, and a key lets in no service by itself. Without either
  // statement CloudWatch fails to publish, and says so nowhere but in the alarm's history.
  private letCloudWatchPublish(topic: Topic, key: Key): void {
    const ourAlarms = {
      StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      ArnLike: {
        'aws:SourceArn': `arn:${Aws.PARTITION}:cloudwatch:${Aws.REGION}:${Aws.ACCOUNT_ID}:alarm:*`,
      },
    };
    const statement = (sid: string, actions: string[], resource: string) =>
      new PolicyStatement({
        sid,
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions,
        resources: [resource],
        conditions: ourAlarms,
      });
    topic.addToResourcePolicy(statement('AlarmsMayPublish', ['sns:Publish'], topic.topicArn));
    key.addToResourcePolicy(statement('AlarmsMayEncrypt', ['kms:Decrypt', 'kms:GenerateDataKey*'], '*'));
  }
}
