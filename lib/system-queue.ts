import { Arn, Aws, Duration, Fn, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../lambdas/runtime/environment-names';
import type { AnySystemConfiguration, SystemConfiguration } from './configuration';
import { hasWorker } from './configuration/has-worker';
import { MAX_RECEIVE_COUNT, QUEUE_RETENTION_SECONDS, timingsOf } from './configuration/timings';
import { RunbookAlarm } from './monitoring/runbook-alarm';
import { ParkingQueue } from './parking-queue';
import type { StageProps } from './stage-props';

export interface SystemQueueProps extends StageProps {
  /** Name of the system whose events wait here. */
  readonly system: string;
  readonly configuration: AnySystemConfiguration;
}

const CONSUMING = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ChangeMessageVisibility',
] as const;

/** Queue: a system's source queue. There is none without its DLQ and its alarms. */
export class SystemQueue extends Construct {
  readonly queue: Queue;
  private readonly deadLetters: ParkingQueue;
  private readonly keys: StageProps['keys'];
  private readonly alarms: readonly RunbookAlarm[];

  constructor(scope: Construct, id: string, props: SystemQueueProps) {
    super(scope, id);
    this.keys = props.keys;
    const queueName = uniqueNameFor(props.system);
    const { visibilitySeconds, maxReceives } = deliveriesOf(props.configuration);
    this.deadLetters = this.createDeadLetters(queueName, props);
    this.queue = new Queue(this, 'Queue', {
      queueName,
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.keys.queueKey,
      dataKeyReuse: Duration.hours(1),
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(visibilitySeconds),
      retentionPeriod: Duration.seconds(QUEUE_RETENTION_SECONDS),
      deadLetterQueue: { queue: this.deadLetters.queue, maxReceiveCount: maxReceives },
      redriveAllowPolicy: { redrivePermission: RedrivePermission.DENY_ALL },
      removalPolicy: props.removalPolicy,
    });
    this.alarms = [this.deadLetters.alarm, this.createAlarm(props)];
  }

  /** Feeds `worker` from the queue, lets it park what it gives up, and tells it where both are. */
  workOffBy(worker: LambdaFunction, { batchSize, maxConcurrency }: SystemConfiguration['concurrency']): void {
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

  /**
   * Lets roles of the team receive from the queue and delete, and nothing else. By a condition, as AWS refuses a policy
   * whose principal is gone: the key is that of all queues, so that a team which deletes its role would keep every
   * other one from being deployed.
   */
  consumeBy(roleArns: readonly string[]): void {
    if (roleArns.length === 0) return;
    const principals = [new AnyPrincipal()];
    const ArnEquals = { 'aws:PrincipalArn': [...roleArns] };
    this.queue.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: [...CONSUMING],
        resources: [this.queue.queueArn],
        conditions: { ArnEquals },
      }),
    );
    const key = this.keys.queueKey;
    key.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: ['kms:Decrypt'],
        resources: ['*'],
        conditions: {
          ArnEquals,
          StringEquals: { 'kms:ViaService': `sqs.${Stack.of(key).region}.amazonaws.com` },
        },
      }),
    );
  }

  // Lambda polls with the role of the function, which itself only puts a message off. CDK's own grant adds
  // GetQueueUrl, which neither of them calls.
  private grantReceive(worker: LambdaFunction): void {
    this.queue.grant(worker, ...CONSUMING);
    this.keys.queueKey.grantDecrypt(worker);
  }

  private createDeadLetters(sourceName: string, props: SystemQueueProps): ParkingQueue {
    const sourceArn = Arn.format({ service: 'sqs', resource: sourceName }, Stack.of(this));
    const source = Queue.fromQueueArn(this, 'Source', sourceArn);
    return new ParkingQueue(this, 'DeadLetters', {
      ...props,
      kind: 'systemQueueDeadLetters',
      words: `A message for ${props.system} is parked and waits for an operator.`,
      redriveAllowPolicy: { redrivePermission: RedrivePermission.BY_QUEUE, sourceQueues: [source] },
    });
  }

  private createAlarm(props: SystemQueueProps): RunbookAlarm {
    const { system, configuration } = props;
    const { behindAfterMinutes } = configuration;
    return new RunbookAlarm(this, 'Behind', {
      ...props,
      kind: 'systemQueueBehind',
      metric: this.queue.metricApproximateAgeOfOldestMessage({
        statistic: 'Maximum',
        period: Duration.minutes(5),
      }),
      threshold: behindAfterMinutes * 60,
      words: `The oldest message for ${system} has waited ${behindAfterMinutes} minutes or more.`,
      subjects: { queue: this.queue },
    });
  }
}

// Queue and DLQ name each other, which CloudFormation cannot resolve. A name made of the stack's own id breaks
// the circle and, unlike a fixed one, never meets a queue that an earlier stack left behind.
function uniqueNameFor(system: string): string {
  return `${system}-${Fn.select(2, Fn.split('/', Aws.STACK_ID))}`;
}

/** For how long a message that was received stays away, and how often it may come back. */
function deliveriesOf(configuration: AnySystemConfiguration) {
  if (!hasWorker(configuration)) return configuration;
  const visibilitySeconds = timingsOf(configuration).visibilityTimeoutSeconds;
  return { visibilitySeconds, maxReceives: MAX_RECEIVE_COUNT };
}
