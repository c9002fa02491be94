import type { MetricIdentity } from './metric-store';
import type { Statistic } from './statistic';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** What a missing datapoint counts as. */
export type MissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

export const COMPARISONS = {
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
} as const;

export type Comparison = keyof typeof COMPARISONS;

/** When an alarm goes off: at `datapointsToAlarm` breaching ones of `evaluationPeriods`. */
export interface AlarmRules {
  readonly comparison: Comparison;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly missingData: MissingData;
}

/** An alarm on one metric. */
export interface AlarmDefinition extends AlarmRules {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  readonly metric: MetricIdentity;
  readonly statistic: Statistic;
  readonly periodSeconds: number;
  readonly unit?: string | undefined;
  readonly actionsEnabled: boolean;
  /** ARNs of topics, by the state that calls them. */
  readonly actions: Readonly<Record<AlarmState, readonly string[]>>;
}
