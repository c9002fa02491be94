/** Unit of a metric, spelled as CloudWatch does. */
export type MetricUnit = 'Count' | 'Milliseconds';

export interface Metric {
  readonly name: string;
  readonly value: number;
  readonly unit: MetricUnit;
}

/**
 * Emits metrics of one system, or of the environment as a whole where `system` is undefined. A user is never a
 * dimension: each would be a paid metric of its own.
 */
export type Metrics = (system: string | undefined, metrics: readonly Metric[]) => void;

const METRIC_NAMESPACE = 'Punctual';

/**
 * Metrics in CloudWatch's embedded metric format: a log line that CloudWatch turns into metrics without a call.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function createMetrics(
  write: (line: string) => void,
  now: () => number,
  environment: string,
): Metrics {
  return (system, metrics) => {
    const dimensions = { Environment: environment, ...(system !== undefined && { System: system }) };
    const directive = {
      Namespace: METRIC_NAMESPACE,
      Dimensions: [Object.keys(dimensions)],
      Metrics: metrics.map(({ name, unit }) => ({ Name: name, Unit: unit })),
    };
    const values = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
    const metadata = { Timestamp: now(), CloudWatchMetrics: [directive] };
    write(JSON.stringify({ _aws: metadata, ...dimensions, ...values }));
  };
}
