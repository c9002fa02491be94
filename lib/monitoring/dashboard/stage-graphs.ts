import type { Stage as ApiStage } from 'aws-cdk-lib/aws-apigateway';
import { type IMetric, Metric, SearchExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Stage } from '../alarm-kinds';
import { METRIC_NAMESPACE, punctualMetric } from '../punctual-metric';

/** What the graphs are about. Systems are none of it: a search finds them when somebody looks. */
export interface DashboardSubjects {
  readonly environmentName: string;
  readonly apiStage: ApiStage;
  readonly eventTopic: Topic;
  readonly eventDeadLetters: Queue;
  readonly quarantine: Queue;
  readonly projector: LambdaFunction;
  readonly projectionFailures: Queue;
  /** What answers the pages of people who wait at login. */
  readonly statusHandler: LambdaFunction;
}

export interface Graph {
  readonly title: string;
  readonly lines: readonly IMetric[];
}

export interface StageGraphs {
  /** What a healthy stage does, in a line. */
  readonly words: string;
  readonly graphs: (subjects: DashboardSubjects) => Graph[];
}

/** Two or three graphs for each word of the sentence: whether it does its work, and what it leaves behind. */
export const STAGE_GRAPHS: Readonly<Record<Stage, StageGraphs>> = {
  emit: {
    words: 'Auth0 tells of people',
    graphs: ({ apiStage, eventTopic }) => [
      { title: 'Events accepted', lines: [eventTopic.metricNumberOfMessagesPublished(sum('events'))] },
      { title: 'Calls refused (4xx)', lines: [apiStage.metricClientError(sum('refused'))] },
    ],
  },
  accept: {
    words: 'the API answers 202',
    graphs: (subjects) => [
      {
        title: 'Calls that failed, or were too many',
        lines: [subjects.apiStage.metricServerError(sum('failed (5xx)')), throttled(subjects)],
      },
      { title: 'Time to answer, ms', lines: ['p50', 'p99'].map((one) => latency(subjects, one)) },
    ],
  },
  'fan out': {
    words: 'each system gets a copy',
    graphs: ({ eventTopic, eventDeadLetters, quarantine }) => [
      {
        title: 'Deliveries into queues',
        lines: [
          eventTopic.metricNumberOfNotificationsDelivered(sum('delivered')),
          eventTopic.metricNumberOfNotificationsFailed(sum('failed')),
        ],
      },
      {
        title: 'Waiting for an operator',
        lines: [waiting(eventDeadLetters, 'not delivered'), waiting(quarantine, 'in quarantine')],
      },
    ],
  },
  queue: {
    words: 'nobody waits for another system',
    graphs: (subjects) => [
      bySystem(subjects, 'Messages sent back', 'Retried', 'Sum'),
      bySystem(subjects, 'Age of the oldest sent back, ms', 'RetryAge', 'Maximum'),
      {
        title: 'Left alone (1), by system',
        lines: [
          search(subjects, 'BreakerOpen', 'Maximum', 'breaker of '),
          search(subjects, 'HeldBack', 'Maximum', 'asked for time: '),
        ],
      },
    ],
  },
  provision: {
    words: 'accounts are made',
    graphs: (subjects) => [
      bySystem(subjects, 'Accounts provisioned', 'Provisioned', 'Sum'),
      bySystem(subjects, 'Messages rejected', 'Rejected', 'Sum'),
      bySystem(subjects, 'Time for a message, p99, ms', 'Duration', 'p99'),
    ],
  },
  link: {
    words: 'links are settled',
    graphs: (subjects) => [
      bySystem(subjects, 'Links held', 'LinksHeld', 'Maximum'),
      bySystem(subjects, 'Links that wait for a retry', 'LinksRetrying', 'Maximum'),
      bySystem(subjects, 'Links rejected or failed', 'LinksRejected', 'Maximum'),
    ],
  },
  project: {
    words: 'changes are told',
    graphs: (subjects) => [
      bySystem(subjects, 'From accepted to linked, p99, ms', 'AcceptedToLinked', 'p99'),
      { title: 'Behind the changes, ms', lines: [behind(subjects)] },
      { title: 'Changes given up', lines: [waiting(subjects.projectionFailures, 'given up')] },
    ],
  },
  show: {
    words: 'who waits at login sees it',
    graphs: ({ statusHandler, environmentName }) => [
      { title: 'Calls of pages and of the Action', lines: [statusHandler.metricInvocations(sum('calls'))] },
      {
        title: 'Calls that failed, or were too many',
        lines: [
          punctualMetric('StatusCallsFailed', { environmentName }, sum('failed')),
          throttled({ environmentName }, 'StatusApiThrottled'),
        ],
      },
      {
        title: 'Time to answer, ms',
        lines: ['p50', 'p99'].map((one) => statusHandler.metricDuration({ statistic: one, label: one })),
      },
    ],
  },
};

function sum(label: string): { statistic: string; label: string } {
  return { statistic: 'Sum', label };
}

function waiting(queue: Queue, label: string): IMetric {
  return queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', label });
}

function latency({ apiStage }: DashboardSubjects, statistic: string): IMetric {
  return apiStage.metricLatency({ statistic, label: statistic });
}

function behind({ projector }: DashboardSubjects): IMetric {
  return projector.metric('IteratorAge', { statistic: 'Maximum', label: 'behind' });
}

function throttled(
  { environmentName }: Pick<DashboardSubjects, 'environmentName'>,
  metricName = 'ApiThrottled',
): IMetric {
  const namespace = `${METRIC_NAMESPACE}/${environmentName}`;
  return new Metric({ namespace, metricName, ...sum('too many (429)') });
}

function bySystem(subjects: DashboardSubjects, title: string, metric: string, statistic: string): Graph {
  return { title: `${title}, by system`, lines: [search(subjects, metric, statistic)] };
}

// The search is the same for one system and for a hundred, and finds one that was added a minute ago.
function search(subjects: DashboardSubjects, metric: string, statistic: string, before = ''): IMetric {
  const terms = `Environment="${subjects.environmentName}" MetricName="${metric}"`;
  const expression = `SEARCH('{${METRIC_NAMESPACE},Environment,System} ${terms}', '${statistic}', 300)`;
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudWatch fills it in.
  return new SearchExpression({ expression, label: `${before}${"${PROP('Dim.System')}"}` });
}
