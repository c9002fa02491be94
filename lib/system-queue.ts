import { Arn, Aws, Duration, Fn, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { QUEUE_RETENTION_SECONDS } from './configuration/timings';
import { RunbookAlarm } from './monitoring/runbook-alarm';
import { ParkingQueue } from './parking-queue';

export interface SystemQueueProps {
  /** Name of the system whose events wait here. */
  readonly system: string;
  readonly encryptionKey: IKey;
  readonly visibilityTimeout: Duration;
  /** The alarm goes off when the oldest message has waited this long. */
  readonly behindAfter: Duration;
  readonly alarmTopic: ITopic;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * Only stops a message that kills its worker again and again: the retry budget lives on the link row, and a
 * worker that can still speak parks its messages itself.
 */
const MAX_RECEIVE_COUNT = 1_000;

/** A system's source queue. There is none without its DLQ and its alarms. */
export class SystemQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: SystemQueueProps) {
    super(scope, id);
    const queueName = this.queueNameFor(props.system);
    this.deadLetterQueue = this.createDeadLetterQueue(queueName, props);
    this.queue = new Queue(this, 'Queue', {
      queueName,
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.encryptionKey,
      dataKeyReuse: Duration.hours(1),
      enforceSSL: true,
      visibilityTimeout: props.visibilityTimeout,
      retentionPeriod: Duration.seconds(QUEUE_RETENTION_SECONDS),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MAX_RECEIVE_COUNT },
      redriveAllowPolicy: { redrivePermission: RedrivePermission.DENY_ALL },
      removalPolicy: props.removalPolicy,
    });
    this.addAlarm(props);
  }

  // Queue and DLQ name each other, which CloudFormation cannot resolve. A name made of the stack's own id
  // breaks the circle and, unlike a fixed one, never meets a queue that an earlier stack left behind.
  private queueNameFor(system: string): string {
    return `${system}-${Fn.select(2, Fn.split('/', Aws.STACK_ID))}`;
  }

  private createDeadLetterQueue(sourceName: string, props: SystemQueueProps): Queue {
    const sourceArn = Arn.format({ service: 'sqs', resource: sourceName }, Stack.of(this));
    const source = Queue.fromQueueArn(this, 'Source', sourceArn);
    return new ParkingQueue(this, 'DeadLetters', {
      ...props,
      runbook: 'systemQueueDeadLetters',
      words: `A message for ${props.system} is parked and waits for an operator.`,
      redriveAllowPolicy: { redrivePermission: RedrivePermission.BY_QUEUE, sourceQueues: [source] },
    }).queue;
  }

  private addAlarm({ system, behindAfter, alarmTopic }: SystemQueueProps): void {
    new RunbookAlarm(this, 'Behind', {
      metric: this.queue.metricApproximateAgeOfOldestMessage({
        statistic: 'Maximum',
        period: Duration.minutes(5),
      }),
      threshold: behindAfter.toSeconds(),
      words: `The oldest message for ${system} has waited ${behindAfter.toMinutes()} minutes or more.`,
      runbook: 'systemQueueBehind',
      alarmTopic,
    });
  }
}
