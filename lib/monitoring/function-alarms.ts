import { Duration } from 'aws-cdk-lib';
import type { MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { StageProps } from '../stage-props';
import type { AlarmKindName } from './alarm-kinds';
import { type Evaluation, MOSTLY, RunbookAlarm } from './runbook-alarm';

/** Stems of the kinds of alarms that every function has. */
export type FunctionStem = {
  [Kind in AlarmKindName]: Kind extends `${infer Stem}Throttles` ? Stem : never;
}[AlarmKindName];

export interface FunctionAlarmsProps extends Pick<StageProps, 'alarmTopic' | 'runbookUrl'> {
  readonly stem: FunctionStem;
  /** @default - the function works for all systems */
  readonly system?: string;
  readonly function: LambdaFunction;
  readonly timeout: Duration;
}

/** Where a function comes close to being cut off; above what is normal, below what is too late. */
const CLOSE_TO_TIMEOUT = 0.8;
/** Where a number is no accident any more: a function that died heals itself once or twice. */
const DEATHS = 3;

/** Stays on through a period with fewer deaths, so that the deaths of one message make one mail. */
const UNTIL_NO_MORE: Evaluation = { periods: 2, breaching: 1 };

/** Errors, throttles and time: what Lambda says of every function. */
export class FunctionAlarms extends Construct {
  constructor(scope: Construct, id: string, props: FunctionAlarmsProps) {
    super(scope, id);
    const { stem, function: worker } = props;
    const whose = props.system === undefined ? WHOSE[stem] : `the connector of ${props.system}`;
    const shared = { ...props, subjects: { function: worker } };

    new RunbookAlarm(this, 'Errors', {
      ...shared,
      kind: `${stem}Errors`,
      // A message that kills its function is back every two minutes; a quarter of an hour holds three of them.
      metric: worker.metricErrors(over(15, 'Sum')),
      threshold: DEATHS,
      evaluation: UNTIL_NO_MORE,
      words: `The function of ${whose} died or failed ${DEATHS} times or more within 15 minutes.`,
    });
    new RunbookAlarm(this, 'Throttles', {
      ...shared,
      kind: `${stem}Throttles`,
      metric: worker.metricThrottles(over(5, 'Sum')),
      threshold: 1,
      evaluation: MOSTLY,
      words: `AWS did not let the function of ${whose} run, again and again for 10 minutes.`,
    });
    new RunbookAlarm(this, 'Duration', {
      ...shared,
      kind: `${stem}Duration`,
      metric: worker.metricDuration(over(5, 'Maximum')),
      threshold: props.timeout.toMilliseconds() * CLOSE_TO_TIMEOUT,
      evaluation: MOSTLY,
      words: `The function of ${whose} takes 80 % or more of its ${props.timeout.toSeconds()} seconds.`,
    });
  }
}

const WHOSE: Readonly<Record<FunctionStem, string>> = {
  connector: 'a connector',
  linkCensus: 'the link census',
  statusProjection: 'the status projection',
};

function over(minutes: number, statistic: string): MetricOptions {
  return { period: Duration.minutes(minutes), statistic };
}
