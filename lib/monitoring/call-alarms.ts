import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { StageProps } from '../stage-props';
import type { AlarmKindName } from './alarm-kinds';
import { METRIC_NAMESPACE, punctualMetric } from './punctual-metric';
import { RunbookAlarm, UNTIL_QUIET } from './runbook-alarm';

interface CallAlarm {
  readonly kind: AlarmKindName;
  readonly metricName: string;
  readonly words: string;
}

export interface CallAlarmsProps extends StageProps {
  readonly function: LambdaFunction;
  readonly accessLog: ILogGroup;
  /** Calls that the function could not answer: it counts them itself. */
  readonly failures: CallAlarm;
  /** Calls that were too many. */
  readonly refusals: CallAlarm;
}

const FIVE_MINUTES = Duration.minutes(5);

/** What an HTTP API tells of its calls that people feel. */
export function addCallAlarms(scope: Construct, props: CallAlarmsProps): void {
  const { failures, refusals } = props;
  new RunbookAlarm(scope, 'Failures', {
    ...{ ...props, ...failures },
    metric: punctualMetric(failures.metricName, props, { statistic: 'Sum', period: FIVE_MINUTES }),
    // One may be a secret or a table that was slow for a moment.
    threshold: 2,
    evaluation: UNTIL_QUIET,
    subjects: { function: props.function },
  });
  new RunbookAlarm(scope, 'Refusals', {
    ...{ ...props, ...refusals },
    metric: throttledCalls(scope, props).with({ statistic: 'Sum', period: FIVE_MINUTES }),
    threshold: 1,
    evaluation: UNTIL_QUIET,
    subjects: { logGroup: props.accessLog },
  });
}

// As of the event API: API Gateway has no metric of its own for 429.
function throttledCalls(scope: Construct, { accessLog, environmentName, refusals }: CallAlarmsProps): Metric {
  const metricNamespace = `${METRIC_NAMESPACE}/${environmentName}`;
  const { metricName } = refusals;
  new MetricFilter(scope, 'ThrottledCalls', {
    logGroup: accessLog,
    filterPattern: FilterPattern.stringValue('$.status', '=', '429'),
    ...{ metricNamespace, metricName, metricValue: '1' },
  });
  return new Metric({ namespace: metricNamespace, metricName });
}
