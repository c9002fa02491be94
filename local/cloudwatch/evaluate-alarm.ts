import { type AlarmRules, type AlarmState, COMPARISONS } from './alarm-definition';
import { type Datapoint, describeEvaluation } from './describe-evaluation';

export interface Evaluation {
  readonly state: AlarmState;
  /** In words with numbers. */
  readonly reason: string;
}

/**
 * Periods beyond the evaluation periods in which CloudWatch looks for data. It documents no number, but the one
 * example of 3 periods and a range of 5.
 */
export const EXTRA_PERIODS = 2;

/**
 * What an alarm makes of the datapoints of its evaluation range, oldest first. CloudWatch's rule: the most recent
 * datapoints that exist are evaluated, from further back in the range where some are missing, and how missing data is
 * treated does not matter then. Only where fewer exist than evaluation periods is the difference filled in, and all
 * that exist are evaluated with it. Where none exists, the treatment alone decides. An alarm may therefore stay on
 * for as long as its last datapoint is in the range. `missing` and `ignore` fill in nothing: what exists decides,
 * except for data that is too thin, where a breach that is old enough and was followed by no better datapoint makes
 * an alarm by `missing` and changes nothing by `ignore`.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function evaluateAlarm(
  rules: AlarmRules,
  range: readonly Datapoint[],
  current: AlarmState,
): Evaluation | undefined {
  const known = range.filter((datapoint) => datapoint !== undefined).slice(-rules.evaluationPeriods);
  const state = stateOf(rules, range, known);
  if (state === undefined) return undefined;
  return { state, reason: describeEvaluation(rules, known, current, state) };
}

/** Undefined: the state stays as it is. */
function stateOf(
  rules: AlarmRules,
  range: readonly Datapoint[],
  known: readonly number[],
): AlarmState | undefined {
  const { missingData, datapointsToAlarm, evaluationPeriods } = rules;
  if (known.length === 0) return withoutData(rules);
  const filled = missingData === 'breaching' ? evaluationPeriods - known.length : 0;
  const breaching = known.filter((value) => isBreaching(rules, value)).length + filled;
  if (breaching >= datapointsToAlarm) return 'ALARM';
  if (missingData === 'breaching' || missingData === 'notBreaching') return 'OK';
  const tooThin = known.length < datapointsToAlarm && hasOldBreach(rules, range);
  if (!tooThin) return 'OK';
  return missingData === 'missing' ? 'ALARM' : undefined;
}

function withoutData({ missingData }: AlarmRules): AlarmState | undefined {
  switch (missingData) {
    case 'breaching':
      return 'ALARM';
    case 'notBreaching':
      return 'OK';
    case 'missing':
      return 'INSUFFICIENT_DATA';
    case 'ignore':
      return undefined;
  }
}

/** The oldest breach is as many periods old as it takes to alarm, and nothing since was within the threshold. */
function hasOldBreach(rules: AlarmRules, range: readonly Datapoint[]): boolean {
  const oldest = range.findIndex((datapoint) => datapoint !== undefined && isBreaching(rules, datapoint));
  if (oldest < 0 || range.length - oldest < rules.datapointsToAlarm) return false;
  return range.slice(oldest).every((datapoint) => datapoint === undefined || isBreaching(rules, datapoint));
}

function isBreaching({ comparison, threshold }: AlarmRules, value: number): boolean {
  return COMPARISONS[comparison](value, threshold);
}
