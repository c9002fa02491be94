import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { StageProps } from '../stage-props';

/** The namespace that the functions write their metrics into; a test compares. */
export const METRIC_NAMESPACE = 'Punctual';

/** A metric that our functions write: of one system, or of the environment when none is named. */
export function punctualMetric(
  metricName: string,
  { environmentName, system }: Pick<StageProps, 'environmentName'> & { readonly system?: string },
  options: MetricOptions,
): Metric {
  const dimensionsMap = { Environment: environmentName, ...(system !== undefined && { System: system }) };
  return new Metric({ namespace: METRIC_NAMESPACE, metricName, dimensionsMap, ...options });
}
