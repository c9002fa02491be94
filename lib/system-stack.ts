import { Duration, NestedStack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { SystemConfiguration } from './configuration';
import { timingsOf } from './configuration/timings';
import type { ConnectorSurroundings } from './connectors/connector';
import { createConnector } from './connectors/create-connector';
import { systemFilter } from './event-filters';
import type { EventTopic } from './event-topic';
import { SystemQueue } from './system-queue';

export interface SystemStackProps extends ConnectorSurroundings {
  /** Name of the system. */
  readonly system: string;
  readonly configuration: SystemConfiguration;
  readonly eventTopic: EventTopic;
  readonly queueKey: IKey;
  readonly alarmTopic: ITopic;
}

/** Everything of one system. Nested, so that sixty systems stay within the resources of a stack. */
export class SystemStack extends NestedStack {
  constructor(scope: Construct, id: string, props: SystemStackProps) {
    super(scope, id, { description: `Punctual: provisioning into ${props.system}` });
    const { system, configuration } = props;
    const queue = new SystemQueue(this, 'SystemQueue', {
      system,
      encryptionKey: props.queueKey,
      visibilityTimeout: Duration.seconds(timingsOf(configuration).visibilityTimeoutSeconds),
      behindAfter: Duration.minutes(configuration.behindAfterMinutes),
      alarmTopic: props.alarmTopic,
      removalPolicy: props.removalPolicy,
    });
    createConnector(this, 'Connector', { ...props, queue });
    if (configuration.state === 'active') {
      props.eventTopic.deliverTo(this, queue.queue, systemFilter(system, props.eventTopic.topic));
    }
  }
}
