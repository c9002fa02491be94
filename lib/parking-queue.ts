import { Duration } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption, type RedriveAllowPolicy, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { QUEUE_RETENTION_SECONDS } from './configuration/timings';
import type { AlarmKindName } from './monitoring/alarm-kinds';
import { type Evaluation, RunbookAlarm } from './monitoring/runbook-alarm';
import type { StageProps } from './stage-props';

export interface ParkingQueueProps extends StageProps {
  readonly kind: AlarmKindName;
  /** @default - what waits here is of no one system */
  readonly system?: string;
  /** One sentence for the person who is woken. */
  readonly words: string;
  /** @default - no queue may name it as its DLQ */
  readonly redriveAllowPolicy?: RedriveAllowPolicy;
}

/** Whoever looks at messages hides them for a while, and must not be told that the queue is empty and full again. */
const UNTIL_EMPTY: Evaluation = { periods: 5, breaching: 1 };

/** A queue where messages wait for an operator, and that says so with the first one. */
export class ParkingQueue extends Construct {
  readonly queue: Queue;
  readonly alarm: RunbookAlarm;
  private readonly keys: StageProps['keys'];

  constructor(scope: Construct, id: string, props: ParkingQueueProps) {
    super(scope, id);
    this.keys = props.keys;
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.keys.queueKey,
      // SQS pays KMS per call; an hour is as often as an idle queue needs a data key.
      dataKeyReuse: Duration.hours(1),
      enforceSSL: true,
      retentionPeriod: Duration.seconds(QUEUE_RETENTION_SECONDS),
      redriveAllowPolicy: props.redriveAllowPolicy ?? { redrivePermission: RedrivePermission.DENY_ALL },
      removalPolicy: props.removalPolicy,
    });
    this.alarm = this.createAlarm(props);
  }

  /** Lets `sender` park messages here. CDK's own grant would let it re-encrypt with the key as well. */
  grantPark(sender: IGrantable): void {
    this.queue.grant(sender, 'sqs:SendMessage');
    this.keys.queueKey.grant(sender, 'kms:Decrypt', 'kms:GenerateDataKey');
  }

  // Visible and not sent: a message that moves in by itself raises no other metric.
  private createAlarm(props: ParkingQueueProps): RunbookAlarm {
    const metric = this.queue.metricApproximateNumberOfMessagesVisible({
      statistic: 'Maximum',
      period: Duration.minutes(1),
    });
    const subjects = { queue: this.queue };
    const evaluation = UNTIL_EMPTY;
    return new RunbookAlarm(this, 'NotEmpty', { ...props, metric, threshold: 1, evaluation, subjects });
  }
}
