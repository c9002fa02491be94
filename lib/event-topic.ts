import { Lazy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { addEventTopicAlarms } from './monitoring/event-topic-alarms';
import { ParkingQueue } from './parking-queue';
import { QueueSubscription } from './queue-subscription';
import type { StageProps } from './stage-props';

export interface EventTopicProps extends StageProps {
  /** ARNs of roles beside ours that may publish. */
  readonly publisherArns: readonly string[];
}

/** Fan out: one topic, and a DLQ for what SNS could not deliver to a queue. */
export class EventTopic extends Construct {
  readonly topic: Topic;
  private readonly deadLetters: ParkingQueue;
  private readonly publisherArns: string[];

  constructor(scope: Construct, id: string, props: EventTopicProps) {
    super(scope, id);
    this.publisherArns = [...props.publisherArns];
    this.topic = new Topic(this, 'Topic', { masterKey: props.keys.topicKey, enforceSSL: true });
    this.topic.applyRemovalPolicy(props.removalPolicy);
    this.deadLetters = new ParkingQueue(this, 'DeadLetters', {
      ...props,
      kind: 'eventTopicDeadLetters',
      words:
        'An event waits in the dead-letter queue of the event topic: some system has not heard of a person.',
    });
    this.refuseOtherPublishers();
    addEventTopicAlarms(this, { ...props, topic: this.topic });
  }

  /** Where what SNS could not deliver waits. */
  get deadLetterQueue(): Queue {
    return this.deadLetters.queue;
  }

  /** Lets `role` publish: its own policy, the topic's, and the key. */
  grantPublish(role: IRole): void {
    this.topic.grantPublish(role);
    this.publisherArns.push(role.roleArn);
  }

  /** Delivers to `queue` what passes `filter`. The subscription lives in the stack of `scope`. */
  deliverTo(scope: Construct, queue: Queue, filter: Record<string, SubscriptionFilter>): QueueSubscription {
    const { topic, deadLetterQueue } = this;
    return new QueueSubscription(scope, 'Subscription', { topic, queue, filter, deadLetterQueue });
  }

  // The workers believe the moment of acceptance on a message. That is only worth something while nobody but
  // the API and our own sweeper can write it, whatever an account's other policies allow.
  private refuseOtherPublishers(): void {
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'OnlyOurPublishers',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: {
          ArnNotEquals: { 'aws:PrincipalArn': Lazy.list({ produce: () => this.publisherArns }) },
        },
      }),
    );
  }
}
