import { Duration } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../lambdas/runtime/environment-names';
import { strayFilter } from './event-filters';
import type { EventTopic } from './event-topic';
import { punctualMetric } from './monitoring/punctual-metric';
import { RunbookAlarm, UNTIL_QUIET } from './monitoring/runbook-alarm';
import { ParkingQueue } from './parking-queue';
import type { QueueSubscription } from './queue-subscription';
import type { StageProps } from './stage-props';
import type { SystemStack } from './system-stack';

export interface QuarantineProps extends StageProps {
  readonly eventTopic: EventTopic;
  /** Names of the systems that take events. */
  readonly systems: readonly string[];
  /** Names of those that hear of invitations only. */
  readonly granting: readonly string[];
  /** How many of them refuse what they cannot believe: those that a function of ours works for. */
  readonly refusing: number;
}

/** Takes what belongs to no system, and what a worker cannot believe. */
export class Quarantine extends Construct {
  private readonly strays: ParkingQueue;
  private readonly subscription: QueueSubscription;

  constructor(scope: Construct, id: string, props: QuarantineProps) {
    super(scope, id);
    this.strays = new ParkingQueue(this, 'Strays', {
      ...props,
      kind: 'quarantineMessages',
      words: 'An event arrived that no system takes, or whose sender cannot be believed.',
    });
    this.addAlarm(props);
    const { topic } = props.eventTopic;
    this.subscription = props.eventTopic.deliverTo(
      this,
      this.strays.queue,
      strayFilter(props.systems, props.granting, topic),
    );
  }

  // One refused event is refused by every system that it is for, and the queue's own alarm tells of it. At twice that
  // number it is a sender. Two events and no more, because at night hardly anybody signs up while a wrong secret
  // refuses them all. The price: two forged events wake somebody.
  private addAlarm(props: QuarantineProps): void {
    const threshold = 2 * Math.max(1, props.refusing);
    new RunbookAlarm(this, 'SignaturesRefused', {
      ...props,
      kind: 'signatureRejections',
      metric: punctualMetric('SignatureRejected', props, { statistic: 'Sum', period: Duration.minutes(15) }),
      threshold,
      // What was refused within a minute or two is soon in two periods, of which the later one holds less.
      evaluation: UNTIL_QUIET,
      words: `Systems refused ${threshold} events or more within 15 minutes, because they cannot believe the sender.`,
      subjects: { queue: this.strays.queue },
    });
  }

  get queue(): Queue {
    return this.strays.queue;
  }

  /**
   * Lets go of a system's events only when the system takes them. While both do, an event is here twice at worst;
   * while neither does, it is nowhere.
   */
  letGoAfter(system: SystemStack): void {
    this.subscription.changeAfter(system);
  }

  /** Lets `worker` put messages here, and tells it where. */
  grantPark(worker: LambdaFunction): void {
    this.strays.grantPark(worker);
    worker.addEnvironment(ENVIRONMENT_NAMES.quarantineQueueUrl, this.strays.queue.queueUrl);
  }
}
