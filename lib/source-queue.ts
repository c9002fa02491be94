import { Arn, Aws, Duration, Fn, Stack } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../lambdas/runtime/environment-names';
import { QUEUE_RETENTION_SECONDS } from './configuration/timings';
import type { AlarmKindName } from './monitoring/alarm-kinds';
import { RunbookAlarm } from './monitoring/runbook-alarm';
import { ParkingQueue } from './parking-queue';
import type { StageProps } from './stage-props';

export interface SourceQueueProps extends StageProps {
  /** What the name of the queue begins with. */
  readonly name: string;
  /** @default - it is of no one system */
  readonly system?: string;
  /** For how long a message that was received stays away. */
  readonly visibilitySeconds: number;
  /** How often a message may come back before SQS parks it. */
  readonly maxReceives: number;
  /** What is said when a message is parked. */
  readonly deadLetters: { readonly kind: AlarmKindName; readonly words: string };
  /** What is said when the oldest message has waited for so long. */
  readonly behind: { readonly kind: AlarmKindName; readonly words: string; readonly afterMinutes: number };
}

/** How a worker takes messages. */
export interface Taking {
  readonly batchSize: number;
  readonly maxConcurrency: number;
}

export const CONSUMING = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ChangeMessageVisibility',
] as const;

/** A queue that a function works off. There is none without its DLQ and its alarms. */
export class SourceQueue extends Construct {
  readonly queue: Queue;
  protected readonly keys: StageProps['keys'];
  private readonly deadLetters: ParkingQueue;
  private readonly alarms: readonly RunbookAlarm[];

  constructor(scope: Construct, id: string, props: SourceQueueProps) {
    super(scope, id);
    this.keys = props.keys;
    const queueName = uniqueNameFor(props.name);
    this.deadLetters = this.createDeadLetters(queueName, props);
    this.queue = new Queue(this, 'Queue', {
      queueName,
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.keys.queueKey,
      dataKeyReuse: Duration.hours(1),
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(props.visibilitySeconds),
      retentionPeriod: Duration.seconds(QUEUE_RETENTION_SECONDS),
      deadLetterQueue: { queue: this.deadLetters.queue, maxReceiveCount: props.maxReceives },
      redriveAllowPolicy: { redrivePermission: RedrivePermission.DENY_ALL },
      removalPolicy: props.removalPolicy,
    });
    this.alarms = [this.deadLetters.alarm, this.createAlarm(props)];
  }

  /** Where what was given up waits for an operator. */
  get deadLetterQueue(): Queue {
    return this.deadLetters.queue;
  }

  /** Feeds `worker` from the queue, lets it park what it gives up, and tells it where both are. */
  workOffBy(worker: LambdaFunction, { batchSize, maxConcurrency }: Taking): void {
    this.grantReceive(worker);
    // Reserved concurrency instead would throw polled messages back and use up their receives.
    worker.addEventSourceMapping('EventSource', {
      eventSourceArn: this.queue.queueArn,
      batchSize,
      maxConcurrency,
      reportBatchItemFailures: true,
    });
    worker.addEnvironment(ENVIRONMENT_NAMES.sourceQueueUrl, this.queue.queueUrl);
    this.deadLetters.grantPark(worker);
    worker.addEnvironment(ENVIRONMENT_NAMES.deadLetterQueueUrl, this.deadLetters.queue.queueUrl);
    for (const alarm of this.alarms) alarm.alsoAbout({ function: worker });
  }

  // Lambda polls with the role of the function, which itself only puts a message off. CDK's own grant adds
  // GetQueueUrl, which neither of them calls.
  private grantReceive(worker: LambdaFunction): void {
    this.queue.grant(worker, ...CONSUMING);
    this.keys.queueKey.grantDecrypt(worker);
  }

  private createDeadLetters(sourceName: string, props: SourceQueueProps): ParkingQueue {
    const sourceArn = Arn.format({ service: 'sqs', resource: sourceName }, Stack.of(this));
    const source = Queue.fromQueueArn(this, 'Source', sourceArn);
    return new ParkingQueue(this, 'DeadLetters', {
      ...props,
      ...props.deadLetters,
      redriveAllowPolicy: { redrivePermission: RedrivePermission.BY_QUEUE, sourceQueues: [source] },
    });
  }

  private createAlarm(props: SourceQueueProps): RunbookAlarm {
    const { afterMinutes, ...behind } = props.behind;
    return new RunbookAlarm(this, 'Behind', {
      ...{ ...props, ...behind },
      metric: this.queue.metricApproximateAgeOfOldestMessage({
        statistic: 'Maximum',
        period: Duration.minutes(5),
      }),
      threshold: afterMinutes * 60,
      subjects: { queue: this.queue },
    });
  }
}

// Queue and DLQ name each other, which CloudFormation cannot resolve. A name made of the stack's own id breaks
// the circle and, unlike a fixed one, never meets a queue that an earlier stack left behind.
function uniqueNameFor(name: string): string {
  return `${name}-${Fn.select(2, Fn.split('/', Aws.STACK_ID))}`;
}
