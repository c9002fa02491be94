import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { METRIC_NAMESPACE, punctualMetric } from '../monitoring/punctual-metric';
import { RunbookAlarm, UNTIL_QUIET } from '../monitoring/runbook-alarm';
import type { StageProps } from '../stage-props';

export interface StatusApiAlarmsProps extends StageProps {
  readonly function: LambdaFunction;
  readonly accessLog: ILogGroup;
}

const FIVE_MINUTES = Duration.minutes(5);

/** What a person meets who is sent to the status page, and an Action that asks before. */
export function addStatusApiAlarms(scope: Construct, props: StatusApiAlarmsProps): void {
  new RunbookAlarm(scope, 'Failures', {
    ...props,
    kind: 'statusApiFailures',
    metric: punctualMetric('StatusCallsFailed', props, { statistic: 'Sum', period: FIVE_MINUTES }),
    // One may be a secret or a table that was slow for a moment.
    threshold: 2,
    evaluation: UNTIL_QUIET,
    words:
      'The status API failed two calls or more within 5 minutes: people who wait cannot see how far they are.',
    subjects: { function: props.function },
  });
  new RunbookAlarm(scope, 'Refusals', {
    ...props,
    kind: 'statusApiRefusals',
    metric: throttledCalls(scope, props).with({ statistic: 'Sum', period: FIVE_MINUTES }),
    threshold: 1,
    evaluation: UNTIL_QUIET,
    words: 'The status API refused calls as too many (429): people who wait may have seen an error.',
    subjects: { logGroup: props.accessLog },
  });
}

// As of the event API: API Gateway has no metric of its own for 429.
function throttledCalls(scope: Construct, { accessLog, environmentName }: StatusApiAlarmsProps): Metric {
  const [metricNamespace, metricName] = [`${METRIC_NAMESPACE}/${environmentName}`, 'StatusApiThrottled'];
  new MetricFilter(scope, 'ThrottledCalls', {
    logGroup: accessLog,
    filterPattern: FilterPattern.stringValue('$.status', '=', '429'),
    ...{ metricNamespace, metricName, metricValue: '1' },
  });
  return new Metric({ namespace: metricNamespace, metricName });
}
