import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  type ITopic,
  Subscription,
  type SubscriptionFilter,
  SubscriptionProtocol,
} from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct, type IDependable } from 'constructs';

export interface QueueSubscriptionProps {
  readonly topic: ITopic;
  readonly queue: Queue;
  /** Takes what SNS cannot deliver. Encrypted with the same key as `queue`. */
  readonly deadLetterQueue: Queue;
  /** @default - all of them */
  readonly filter?: Record<string, SubscriptionFilter>;
}

/**
 * Delivers a topic's messages to a queue in another stack: body as it came, attributes as SQS attributes. CDK's
 * own subscription refuses a topic of the parent of a nested stack.
 */
export class QueueSubscription extends Construct {
  private readonly subscription: Subscription;

  constructor(scope: Construct, id: string, props: QueueSubscriptionProps) {
    super(scope, id);
    const { topic, queue, deadLetterQueue } = props;
    const policy = queue.addToResourcePolicy(this.allow(topic, ['sqs:SendMessage'], queue.queueArn));
    queue.encryptionMasterKey?.addToResourcePolicy(
      this.allow(topic, ['kms:Decrypt', 'kms:GenerateDataKey'], '*'),
    );
    this.subscription = new Subscription(this, 'Subscription', {
      topic,
      protocol: SubscriptionProtocol.SQS,
      endpoint: queue.queueArn,
      rawMessageDelivery: true,
      ...(props.filter && { filterPolicy: props.filter }),
      deadLetterQueue,
    });
    // SNS does not try again after a refusal, so the queue must let it in from the first message on.
    if (policy.policyDependable !== undefined) this.changeAfter(policy.policyDependable);
  }

  /** Neither makes nor changes the subscription before `other` is made and changed. */
  changeAfter(other: IDependable): void {
    this.subscription.node.addDependency(other);
  }

  private allow(topic: ITopic, actions: string[], resource: string): PolicyStatement {
    return new PolicyStatement({
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal('sns.amazonaws.com')],
      actions,
      resources: [resource],
      conditions: { ArnEquals: { 'aws:SourceArn': topic.topicArn } },
    });
  }
}
