import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { strayFilter } from './event-filters';
import type { EventTopic } from './event-topic';
import { ParkingQueue } from './parking-queue';

export interface QuarantineProps {
  readonly eventTopic: EventTopic;
  /** Names of the systems that take events. */
  readonly systems: readonly string[];
  readonly queueKey: Key;
  readonly alarmTopic: ITopic;
  readonly removalPolicy: RemovalPolicy;
}

/** Takes what belongs to no system, and what a worker cannot believe. */
export class Quarantine extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: QuarantineProps) {
    super(scope, id);
    const parking = new ParkingQueue(this, 'Strays', {
      encryptionKey: props.queueKey,
      removalPolicy: props.removalPolicy,
      alarmTopic: props.alarmTopic,
      runbook: 'quarantineMessages',
      words: 'An event arrived that no system takes, or whose sender cannot be believed.',
    });
    this.queue = parking.queue;
    props.eventTopic.deliverTo(this, this.queue, strayFilter(props.systems, props.eventTopic.topic));
  }
}
