import type { AlarmChange, AlarmStatus } from '../../cloudwatch/alarm';
import type { AlarmDefinition } from '../../cloudwatch/alarm-definition';

/** An alarm as DescribeAlarms gives it; times are epoch seconds. */
export function metricAlarm({ definition, state, reason, since }: AlarmStatus): Record<string, unknown> {
  const { metric, statistic } = definition;
  return {
    AlarmName: definition.name,
    AlarmArn: definition.arn,
    AlarmDescription: definition.description,
    ActionsEnabled: definition.actionsEnabled,
    OKActions: definition.actions.OK,
    AlarmActions: definition.actions.ALARM,
    InsufficientDataActions: definition.actions.INSUFFICIENT_DATA,
    StateValue: state,
    StateReason: reason,
    StateUpdatedTimestamp: since / 1000,
    StateTransitionedTimestamp: since / 1000,
    MetricName: metric.name,
    Namespace: metric.namespace,
    Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
    [statistic.isPercentile ? 'ExtendedStatistic' : 'Statistic']: statistic.name,
    ...(definition.unit !== undefined && { Unit: definition.unit }),
    ...rulesOf(definition),
  };
}

function rulesOf(definition: AlarmDefinition): Record<string, unknown> {
  return {
    Period: definition.periodSeconds,
    EvaluationPeriods: definition.evaluationPeriods,
    DatapointsToAlarm: definition.datapointsToAlarm,
    Threshold: definition.threshold,
    ComparisonOperator: definition.comparison,
    TreatMissingData: definition.missingData,
  };
}

/** A change of state as DescribeAlarmHistory gives it. */
export function historyItem({ definition, before, state, reason, since }: AlarmChange): object {
  const newState = { stateValue: state, stateReason: reason };
  return {
    AlarmName: definition.name,
    AlarmType: 'MetricAlarm',
    Timestamp: since / 1000,
    HistoryItemType: 'StateUpdate',
    HistorySummary: `Alarm updated from ${before} to ${state}`,
    HistoryData: JSON.stringify({ version: '1.0', oldState: { stateValue: before }, newState }),
  };
}
