import { ACCOUNT } from '../template/pseudo-parameters';
import type { AlarmChange } from './alarm';
import type { AlarmDefinition } from './alarm-definition';

/** Of the one region of a local run. */
const REGION_WORDS = 'US East (N. Virginia)';
const LONGEST_SUBJECT = 100;

/** What CloudWatch publishes: JSON for machines, and words in its place for a mailbox. */
export interface AlarmNotice {
  readonly subject: string;
  readonly json: string;
  readonly mail: string;
}

/**
 * The message of a change of state.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function alarmNotice(change: AlarmChange): AlarmNotice {
  const { definition, state } = change;
  const subject = `${state}: "${definition.name}" in ${REGION_WORDS}`;
  return {
    subject: subject.replace(/[^\x20-\x7e]/g, '?').slice(0, LONGEST_SUBJECT),
    json: JSON.stringify(messageOf(change)),
    mail: mailOf(change),
  };
}

function messageOf({ definition, state, before, reason, since }: AlarmChange): object {
  return {
    AlarmName: definition.name,
    AlarmDescription: definition.description,
    AWSAccountId: ACCOUNT,
    NewStateValue: state,
    NewStateReason: reason,
    StateChangeTime: new Date(since).toISOString().replace('Z', '+0000'),
    Region: REGION_WORDS,
    AlarmArn: definition.arn,
    OldStateValue: before,
    OKActions: definition.actions.OK,
    AlarmActions: definition.actions.ALARM,
    InsufficientDataActions: definition.actions.INSUFFICIENT_DATA,
    Trigger: triggerOf(definition),
  };
}

function triggerOf(definition: AlarmDefinition): object {
  const { metric, statistic } = definition;
  const named = statistic.isPercentile
    ? { StatisticType: 'ExtendedStatistic', ExtendedStatistic: statistic.name }
    : { StatisticType: 'Statistic', Statistic: statistic.name.toUpperCase() };
  return {
    MetricName: metric.name,
    Namespace: metric.namespace,
    ...named,
    Unit: definition.unit ?? null,
    Dimensions: Object.entries(metric.dimensions).map(([name, value]) => ({ value, name })),
    Period: definition.periodSeconds,
    EvaluationPeriods: definition.evaluationPeriods,
    DatapointsToAlarm: definition.datapointsToAlarm,
    ComparisonOperator: definition.comparison,
    Threshold: definition.threshold,
    TreatMissingData: definition.missingData,
    EvaluateLowSampleCountPercentile: '',
  };
}

function mailOf({ definition, state, before, reason, since }: AlarmChange): string {
  return [
    `Your Amazon CloudWatch Alarm "${definition.name}" in the ${REGION_WORDS} region has entered the ${state} state,`,
    `because "${reason}" at "${new Date(since).toUTCString()}".`,
    '',
    definition.description,
    '',
    `State change: ${before} -> ${state}`,
  ].join('\n');
}
