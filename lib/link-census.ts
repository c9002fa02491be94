import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../lambdas/runtime/environment-names';
import { RunbookAlarm } from './monitoring/runbook-alarm';
import { NodeFunction } from './node-function';
import type { StageProps } from './stage-props';
import type { UserLinkTable } from './user-link-table';

export interface LinkCensusProps extends StageProps {
  readonly userLinks: UserLinkTable;
  /** Names of all systems, whatever their state. */
  readonly systems: readonly string[];
  /** Adds an alarm that is on until the first census, which a throw-away stack can do without. */
  readonly hasSilenceAlarm: boolean;
}

/** Counts the links that wait or need somebody, so that those which nobody touches any more are not forgotten. */
export class LinkCensus extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: LinkCensusProps) {
    super(scope, id);
    this.function = this.createCounter(props);
    props.userLinks.grantCounting(this.function);
    new Rule(this, 'Schedule', {
      description: 'Counts the links that wait or need somebody',
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new FunctionTarget(this.function)],
    });
    if (props.hasSilenceAlarm) this.addSilenceAlarm(props);
  }

  // A rule that somebody disabled fails nowhere: no run, no error, and every gauge of links is as well as nobody
  // counts. Two runs are in ten minutes, so that a single one that is late is no alarm.
  private addSilenceAlarm(props: StageProps): void {
    new RunbookAlarm(this, 'Silence', {
      ...props,
      kind: 'linkCensusSilence',
      metric: this.function.metricInvocations({ statistic: 'Sum', period: Duration.minutes(10) }),
      threshold: 1,
      goesOffBelow: true,
      silenceIs: 'bad',
      words: 'No census of links was taken for 10 minutes or more, so nobody notices links that are held.',
      subjects: { function: this.function },
    });
  }

  private createCounter(props: LinkCensusProps): LambdaFunction {
    return new NodeFunction(this, 'Counter', {
      ...props,
      stem: 'linkCensus',
      entry: 'census/link-census',
      description: 'Counts the links of each system that wait or need somebody',
      timeout: Duration.minutes(2),
      // A function has 4 kB of variables, and the names of a hundred systems take most of it.
      environment: {
        [ENVIRONMENT_NAMES.environment]: props.environmentName,
        [ENVIRONMENT_NAMES.systems]: props.systems.join(),
      },
    }).function;
  }
}
