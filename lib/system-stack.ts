import { NestedStack } from 'aws-cdk-lib';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { AnySystemConfiguration } from './configuration';
import { hasWorker } from './configuration/has-worker';
import type { ConnectorSurroundings } from './connectors/connector';
import { createConnector } from './connectors/create-connector';
import { systemFilter, typesOf } from './event-filters';
import type { EventTopic } from './event-topic';
import { SystemQueue } from './system-queue';

export interface SystemStackProps extends ConnectorSurroundings {
  /** Name of the system. */
  readonly system: string;
  readonly configuration: AnySystemConfiguration;
  readonly eventTopic: EventTopic;
}

/** Everything of one system. Nested, so that sixty systems stay within the resources of a stack. */
export class SystemStack extends NestedStack {
  readonly system: string;
  /** Where the system's events wait. */
  readonly queue: Queue;
  /** What people have to know of it, by the beginning of the output's name. */
  readonly outputs: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: SystemStackProps) {
    super(scope, id, { description: `Punctual: provisioning into ${props.system}` });
    const { system, configuration, eventTopic } = props;
    this.system = system;

    const queue = new SystemQueue(this, 'SystemQueue', props);
    this.queue = queue.queue;
    this.outputs = this.workOff(queue, props);

    if (configuration.state === 'retired') return;
    eventTopic.deliverTo(this, this.queue, systemFilter(system, typesOf(configuration), eventTopic.topic));
  }

  private workOff(queue: SystemQueue, { configuration, ...props }: SystemStackProps): Record<string, string> {
    const { queueUrl, queueArn } = queue.queue;
    if (!hasWorker(configuration)) {
      queue.consumeBy(configuration.consumers);
      return { ConsumerQueueUrl: queueUrl, ConsumerQueueArn: queueArn };
    }
    const connector = createConnector(this, 'Connector', { ...props, configuration, queue });
    return { QueueUrl: queueUrl, WorkerArn: connector.function.functionArn, ...connector.outputs };
  }
}
