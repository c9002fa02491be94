import { Stack } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { AnySystemConfiguration } from './configuration';
import { hasWorker } from './configuration/has-worker';
import { MAX_RECEIVE_COUNT, timingsOf } from './configuration/timings';
import { CONSUMING, SourceQueue } from './source-queue';
import type { StageProps } from './stage-props';

export interface SystemQueueProps extends StageProps {
  /** Name of the system whose events wait here. */
  readonly system: string;
  readonly configuration: AnySystemConfiguration;
}

/** Queue: a system's source queue. */
export class SystemQueue extends SourceQueue {
  constructor(scope: Construct, id: string, props: SystemQueueProps) {
    const { system, configuration } = props;
    const { behindAfterMinutes: afterMinutes } = configuration;
    super(scope, id, {
      ...{ ...props, ...deliveriesOf(configuration), name: system },
      deadLetters: {
        kind: 'systemQueueDeadLetters',
        words: `A message for ${system} is parked and waits for an operator.`,
      },
      behind: {
        ...{ kind: 'systemQueueBehind', afterMinutes },
        words: `The oldest message for ${system} has waited ${afterMinutes} minutes or more.`,
      },
    });
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
}

/** For how long a message that was received stays away, and how often it may come back. */
function deliveriesOf(configuration: AnySystemConfiguration) {
  if (!hasWorker(configuration)) return configuration;
  const visibilitySeconds = timingsOf(configuration).visibilityTimeoutSeconds;
  return { visibilitySeconds, maxReceives: MAX_RECEIVE_COUNT };
}
