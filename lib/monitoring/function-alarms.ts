import { Duration } from 'aws-cdk-lib';
import type { MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { StageProps } from '../stage-props';
import type { AlarmKindName } from './alarm-kinds';
import { type Evaluation, RunbookAlarm } from './runbook-alarm';

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
/**
 * Three bad minutes of the last thirty: one or two are an accident that heals itself. A message that kills its
 * function is back after two minutes, so its deaths are minutes of their own. Counted in minutes, because CloudWatch
 * moves longer periods on by a minute each time: what happened within a few minutes is in one period, then in two,
 * then in one again, and an alarm on their sums clears and goes off with it. Half an hour, so that a function that
 * dies on everybody makes one mail even where somebody signs up every quarter of an hour only.
 */
const AGAIN_AND_AGAIN: Evaluation = { periods: 30, breaching: 3 };
const WITHIN = `in ${AGAIN_AND_AGAIN.breaching} or more of the last ${AGAIN_AND_AGAIN.periods} minutes`;

/** Errors, throttles and time: what Lambda says of every function. */
export class FunctionAlarms extends Construct {
  constructor(scope: Construct, id: string, props: FunctionAlarmsProps) {
    super(scope, id);
    const { stem, function: worker } = props;
    const whose = props.system === undefined ? WHOSE[stem] : `the connector of ${props.system}`;
    const shared = { ...props, evaluation: AGAIN_AND_AGAIN, subjects: { function: worker } };

    new RunbookAlarm(this, 'Errors', {
      ...shared,
      kind: `${stem}Errors`,
      metric: worker.metricErrors(perMinute('Sum')),
      threshold: 1,
      words: `The function of ${whose} died or failed ${WITHIN}.`,
    });
    new RunbookAlarm(this, 'Throttles', {
      ...shared,
      kind: `${stem}Throttles`,
      metric: worker.metricThrottles(perMinute('Sum')),
      threshold: 1,
      words: `AWS did not let the function of ${whose} run ${WITHIN}.`,
    });
    new RunbookAlarm(this, 'Duration', {
      ...shared,
      kind: `${stem}Duration`,
      metric: worker.metricDuration(perMinute('Maximum')),
      threshold: props.timeout.toMilliseconds() * CLOSE_TO_TIMEOUT,
      words: `The function of ${whose} took 80 % or more of its ${props.timeout.toSeconds()} seconds ${WITHIN}.`,
    });
  }
}

const WHOSE: Readonly<Record<FunctionStem, string>> = {
  connector: 'a connector',
  invitationMail: 'the mails of invitations',
  invitationPages: 'the pages of invitations',
  linkCensus: 'the link census',
  linkSweeper: 'the link sweeper',
  provisioningApi: 'the provisioning API',
  statusApi: 'the status API',
  statusProjection: 'the status projection',
};

function perMinute(statistic: string): MetricOptions {
  return { period: Duration.minutes(1), statistic };
}
