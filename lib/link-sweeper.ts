import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../lambdas/runtime/environment-names';
import type { EventTopic } from './event-topic';
import type { Invitations } from './invitations/invitations';
import type { ManagementClient } from './management-client';
import { NodeFunction } from './node-function';
import type { SigningSecrets } from './signing-secrets';
import type { StageProps } from './stage-props';
import type { UserLinkTable } from './user-link-table';

export interface LinkSweeperProps extends StageProps {
  readonly userLinks: UserLinkTable;
  readonly eventTopic: EventTopic;
  readonly signingSecrets: SigningSecrets;
  /** Ended as well when their time is over. @default - there are none */
  readonly invitations?: Invitations | undefined;
  /** For what was made in Auth0 ahead of invitations. */
  readonly management?: ManagementClient | undefined;
  readonly tenant: string;
}

/** Reminds the workers of the links that the clock alone brings on, such as an account whose grace period is over. */
export class LinkSweeper extends Construct {
  constructor(scope: Construct, id: string, props: LinkSweeperProps) {
    super(scope, id);
    const sweeper = this.createSweeper(props);
    props.userLinks.grantSweeping(sweeper);
    props.signingSecrets.grantSigning(sweeper);
    this.grantPublish(sweeper, props.eventTopic);
    props.invitations?.grantSweeping(sweeper);
    if (props.invitations !== undefined) props.management?.grantUse(sweeper);
    new Rule(this, 'Schedule', {
      description: 'Reminds of the links whose time has come',
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new FunctionTarget(sweeper)],
    });
  }

  private createSweeper(props: LinkSweeperProps): LambdaFunction {
    return new NodeFunction(this, 'Sweeper', {
      ...props,
      stem: 'linkSweeper',
      entry: 'sweeper/link-sweeper',
      description: 'Reminds the workers of the links whose time has come',
      timeout: Duration.minutes(2),
      environment: {
        [ENVIRONMENT_NAMES.environment]: props.environmentName,
        ...(props.invitations !== undefined && { [ENVIRONMENT_NAMES.tenant]: props.tenant }),
      },
    }).function;
  }

  private grantPublish(sweeper: LambdaFunction, eventTopic: EventTopic): void {
    if (sweeper.role !== undefined) eventTopic.grantPublish(sweeper.role);
    sweeper.addEnvironment(ENVIRONMENT_NAMES.eventTopicArn, eventTopic.topic.topicArn);
  }
}
