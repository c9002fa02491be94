import { Duration } from 'aws-cdk-lib';
import type { Stage } from 'aws-cdk-lib/aws-apigateway';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { METRIC_NAMESPACE } from '../monitoring/punctual-metric';
import { MOSTLY, RunbookAlarm, UNTIL_QUIET } from '../monitoring/runbook-alarm';
import type { StageProps } from '../stage-props';

export interface EventApiAlarmsProps extends StageProps {
  readonly stage: Stage;
  readonly accessLog: ILogGroup;
  /** What the API accepted is published here. */
  readonly topic: Topic;
  /** `undefined` switches the alarm of silence off. */
  readonly silenceAfterHours: number | undefined;
}

const FIVE_MINUTES = Duration.minutes(5);

/** What a caller meets at the door, and whether anybody still comes to it. */
export function addEventApiAlarms(scope: Construct, props: EventApiAlarmsProps): void {
  addErrors(scope, props);
  addThrottling(scope, props);
  addLatency(scope, props);
  if (props.silenceAfterHours !== undefined) addSilence(scope, props, props.silenceAfterHours);
}

// An Action tries twice, so two failures may be one person, and nothing makes good for that registration later.
function addErrors(scope: Construct, props: EventApiAlarmsProps): void {
  new RunbookAlarm(scope, 'Errors', {
    ...props,
    kind: 'eventApiErrors',
    metric: props.stage.metricServerError({ statistic: 'Sum', period: FIVE_MINUTES }),
    threshold: 2,
    evaluation: UNTIL_QUIET,
    words: 'The API failed two calls or more within 5 minutes. People who sign up now may be lost.',
    subjects: { logGroup: props.accessLog },
  });
}

// API Gateway has no metric of its own for 429. An Action does not try again after one: each is a person.
function addThrottling(scope: Construct, props: EventApiAlarmsProps): void {
  new RunbookAlarm(scope, 'Throttling', {
    ...props,
    kind: 'eventApiThrottling',
    metric: throttledCalls(scope, props).with({ statistic: 'Sum', period: FIVE_MINUTES }),
    threshold: 1,
    evaluation: UNTIL_QUIET,
    words: 'The API refused calls as too many (429). The people who signed up with them are lost.',
    subjects: { logGroup: props.accessLog },
  });
}

// A filter takes dimensions only from the line, which does not say the environment: the namespace does.
function throttledCalls(scope: Construct, { accessLog, environmentName }: EventApiAlarmsProps): Metric {
  const [metricNamespace, metricName] = [`${METRIC_NAMESPACE}/${environmentName}`, 'ApiThrottled'];
  new MetricFilter(scope, 'ThrottledCalls', {
    logGroup: accessLog,
    // The access log's line writes every value as a text.
    filterPattern: FilterPattern.stringValue('$.status', '=', '429'),
    ...{ metricNamespace, metricName, metricValue: '1' },
  });
  return new Metric({ namespace: metricNamespace, metricName });
}

// Below the 1.5 s after which an Action gives up without knowing whether its event was taken.
function addLatency(scope: Construct, props: EventApiAlarmsProps): void {
  new RunbookAlarm(scope, 'Latency', {
    ...props,
    kind: 'eventApiLatency',
    metric: props.stage.metricLatency({ statistic: 'p99', period: FIVE_MINUTES }),
    threshold: 1_000,
    evaluation: MOSTLY,
    words: 'The slowest of 100 answers of the API took a second or more, again and again for 10 minutes.',
    subjects: { logGroup: props.accessLog },
  });
}

// Accepted events and not calls: a stranger who is refused must not look like life. CloudWatch looks back seven
// days at most, and so far only in periods of an hour.
function addSilence(scope: Construct, props: EventApiAlarmsProps, hours: number): void {
  new RunbookAlarm(scope, 'Silence', {
    ...props,
    kind: 'eventApiSilence',
    metric: props.topic.metricNumberOfMessagesPublished({ statistic: 'Sum', period: Duration.hours(1) }),
    threshold: 1,
    goesOffBelow: true,
    evaluation: { periods: hours, breaching: hours },
    silenceIs: 'bad',
    words: `No event was accepted for ${hours} hours. Nobody signed up, or Auth0 does not reach the API.`,
    subjects: { topic: props.topic, logGroup: props.accessLog },
  });
}
