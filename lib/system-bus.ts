import { Arn, Aws, Fn, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { StageProps } from './stage-props';

export interface SystemBusProps extends StageProps {
  /** Name of the system that is told on the bus. */
  readonly system: string;
}

/** The bus of one system, on which its people have their rules. */
export class SystemBus extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { system, keys, removalPolicy }: SystemBusProps) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', {
      // One that an earlier stack left behind has another name.
      eventBusName: `${system}-${Fn.select(2, Fn.split('/', Aws.STACK_ID))}`,
      description: `Punctual: which accounts are wanted in ${system}`,
      // By its ARN: given the key itself, CDK would name the bus of a nested stack in a policy of the parent.
      kmsKey: Key.fromKeyArn(this, 'Key', keys.dataKey.keyArn),
    });
    this.bus.applyRemovalPolicy(removalPolicy);
    this.allowEventBridge(keys.dataKey);
  }

  // For the buses of this account alone, whoever asks EventBridge.
  private allowEventBridge(key: Key): void {
    const parent = Stack.of(key);
    const anyBus = Arn.format({ service: 'events', resource: 'event-bus', resourceName: '*' }, parent);
    key.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: {
          StringEquals: { 'aws:SourceAccount': parent.account },
          ArnLike: { 'aws:SourceArn': anyBus },
        },
      }),
    );
  }
}
