import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../../lambdas/runtime/environment-names';
import type { EventBridgeConfiguration } from '../configuration';
import { SystemBus } from '../system-bus';
import type { ConnectorProps } from './connector';
import { HandoverConnector } from './handover-connector';

/** Tells a system by events on a bus which accounts are wanted: on one of the stack, or on one that is there already. */
export class EventBridgeConnector extends HandoverConnector {
  constructor(scope: Construct, id: string, props: ConnectorProps<EventBridgeConfiguration>) {
    super(scope, id, props);
    const { bus } = props.configuration;
    this.putOn(bus ?? this.createBus(props));
  }

  private createBus(props: ConnectorProps): string {
    const { eventBusArn } = new SystemBus(this, 'Bus', props).bus;
    this.outputs.EventBusArn = eventBusArn;
    return eventBusArn;
  }

  private putOn(busArn: string): void {
    this.function.addEnvironment(ENVIRONMENT_NAMES.eventBusArn, busArn);
    this.function.addToRolePolicy(
      new PolicyStatement({ actions: ['events:PutEvents'], resources: [busArn] }),
    );
  }
}
