import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../lambdas/runtime/environment-names';
import { strayFilter } from './event-filters';
import type { EventTopic } from './event-topic';
import { ParkingQueue } from './parking-queue';
import type { StageProps } from './stage-props';

export interface QuarantineProps extends StageProps {
  readonly eventTopic: EventTopic;
  /** Names of the systems that take events. */
  readonly systems: readonly string[];
}

/** Takes what belongs to no system, and what a worker cannot believe. */
export class Quarantine extends Construct {
  private readonly strays: ParkingQueue;

  constructor(scope: Construct, id: string, props: QuarantineProps) {
    super(scope, id);
    this.strays = new ParkingQueue(this, 'Strays', {
      ...props,
      runbook: 'quarantineMessages',
      words: 'An event arrived that no system takes, or whose sender cannot be believed.',
    });
    const { topic } = props.eventTopic;
    props.eventTopic.deliverTo(this, this.strays.queue, strayFilter(props.systems, topic));
  }

  get queue(): Queue {
    return this.strays.queue;
  }

  /** Lets `worker` put messages here, and tells it where. */
  grantPark(worker: LambdaFunction): void {
    this.strays.grantPark(worker);
    worker.addEnvironment(ENVIRONMENT_NAMES.quarantineQueueUrl, this.strays.queue.queueUrl);
  }
}
