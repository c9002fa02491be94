import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../lambdas/runtime/environment-names';
import type { EventTopic } from './event-topic';
import { NodeFunction } from './node-function';
import type { SigningSecrets } from './signing-secrets';
import type { StageProps } from './stage-props';
import type { UserLinkTable } from './user-link-table';

export interface LinkSweeperProps extends StageProps {
  readonly userLinks: UserLinkTable;
  readonly eventTopic: EventTopic;
  readonly signingSecrets: SigningSecrets;
}

/** Reminds the workers of the links that the clock alone brings on, such as an account whose grace period is over. */
export class LinkSweeper extends Construct {
  constructor(scope: Construct, id: string, props: LinkSweeperProps) {
    super(scope, id);
    const sweeper = this.createSweeper(props);
    props.userLinks.grantSweeping(sweeper);
    props.signingSecrets.grantSigning(sweeper);
    this.grantPublish(sweeper, props.eventTopic);
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
      environment: { [ENVIRONMENT_NAMES.environment]: props.environmentName },
    }).function;
  }

  private grantPublish(sweeper: LambdaFunction, eventTopic: EventTopic): void {
    if (sweeper.role !== undefined) eventTopic.grantPublish(sweeper.role);
    sweeper.addEnvironment(ENVIRONMENT_NAMES.eventTopicArn, eventTopic.topic.topicArn);
  }
}
