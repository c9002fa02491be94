import type { BreakerState } from '../../../events/breaker-state';
import { provisioned, rejected, retry } from '../../../events/outcome';
import type { RateState } from '../../../events/rate-state';
import { countLinks } from '../../../lambdas/census/count-links';
import { createGate } from '../../../lambdas/connectors/gate/gate';
import { createTakeTurn } from '../../../lambdas/connectors/gate/take-turn';
import { reportOutcome } from '../../../lambdas/connectors/outcome/report-outcome';
import { createMetrics, type Metrics } from '../../../lambdas/runtime/metrics';
import { createStatusHandler, type StatusRoutes } from '../../../lambdas/status/api/handle-status';
import { createProject } from '../../../lambdas/status/project';
import { createItemInMemory } from '../../helpers/gate';
import { aLink } from '../../helpers/links';
import { createApiInMemory, SHOW_ME } from '../../lambdas/provisioning-api/helpers/api';
import type { Synthesized } from './synthesize';

/** What each dimension holds: the type of the resource that it names. */
type Dimensions = Readonly<Record<string, string>>;

const OF_QUEUE: Dimensions = { QueueName: 'AWS::SQS::Queue' };
const OF_FUNCTION: Dimensions = { FunctionName: 'AWS::Lambda::Function' };
const OF_TOPIC: Dimensions = { TopicName: 'AWS::SNS::Topic' };
const OF_STAGE: Dimensions = { ApiName: 'AWS::ApiGateway::RestApi', Stage: 'AWS::ApiGateway::Stage' };

/** Every resource whose metrics we know. */
const MEASURED = Object.values({ ...OF_QUEUE, ...OF_FUNCTION, ...OF_TOPIC, ...OF_STAGE });

/**
 * Metrics that AWS sends by itself, as each service documents them: an alarm on any other name, or with any other
 * set of dimensions, would wait for ever for its first datapoint.
 */
export const METRICS_OF_AWS: Readonly<Record<string, Dimensions>> = {
  'AWS/SQS ApproximateNumberOfMessagesVisible': OF_QUEUE,
  'AWS/SQS ApproximateAgeOfOldestMessage': OF_QUEUE,
  'AWS/Lambda Invocations': OF_FUNCTION,
  'AWS/Lambda Errors': OF_FUNCTION,
  'AWS/Lambda Throttles': OF_FUNCTION,
  'AWS/Lambda Duration': OF_FUNCTION,
  'AWS/Lambda IteratorAge': OF_FUNCTION,
  'AWS/SNS NumberOfMessagesPublished': OF_TOPIC,
  'AWS/SNS NumberOfNotificationsDelivered': OF_TOPIC,
  'AWS/SNS NumberOfNotificationsFailed': OF_TOPIC,
  'AWS/SNS NumberOfNotificationsFailedToRedriveToDlq': OF_TOPIC,
  'AWS/ApiGateway 4XXError': OF_STAGE,
  'AWS/ApiGateway 5XXError': OF_STAGE,
  'AWS/ApiGateway Latency': OF_STAGE,
};

/** The type of the resource `<stack> <logical id>`, or of the API that has this name. */
export function typeOf(stacks: Synthesized, value: string): string {
  const found = MEASURED.find((type) =>
    stacks.all(type).some(([id, { Properties }]) => id === value || Properties.Name === value),
  );
  return found ?? `no resource: ${value}`;
}

/** Metrics of ours, as the functions write them and filters make them: `<namespace> <name> {<dimensions>}`. */
export async function metricsOfOurs(stacks: Synthesized): Promise<string[]> {
  return [...(await written()), ...filtered(stacks)];
}

async function written(): Promise<string[]> {
  const lines: string[] = [];
  const metrics = createMetrics(
    (line) => void lines.push(line),
    () => 0,
    'test',
  );
  const deps = { system: 'crm', now: () => 900_000, log: () => {}, metrics };
  const report = { queuedAt: 0, fields: { durationMs: 1 } };
  const outcomes = [retry('remote-unavailable', 1000), rejected('signature-invalid'), provisioned];
  for (const outcome of outcomes) reportOutcome(deps, outcome, report);
  await find(metrics, { state: 'open', since: 0, openings: 1, probeAt: 1 });
  await find(metrics, { state: 'closed', since: 0, openings: 0, pausedUntil: 1 });
  await waitForATurn(metrics);
  await failToAnswer(metrics);
  metrics('crm', countLinks(['held', 'pending', 'rejected']));
  const notify = () => Promise.resolve();
  const unanswered = { requestContext: { routeKey: 'snapshot', connectionId: 'c1' } };
  await createStatusHandler({ routes: NO_ROUTES, log: () => {}, metrics })(unanswered);
  await createProject({ notify, log: () => {}, metrics })({ id: '1', after: aLink({ state: 'linked' }) });
  return lines.flatMap((line) => metricsIn(JSON.parse(line)));
}

/** Somebody calls the provisioning API while the table cannot be reached. */
async function failToAnswer(metrics: Metrics): Promise<void> {
  const { call, table } = createApiInMemory({ metrics });
  table.state.failing = true;
  await call(SHOW_ME);
}

const fail = () => Promise.reject(new Error('away'));
const NO_ROUTES: StatusRoutes = {
  ...{ page: fail, snapshot: fail, readiness: fail, connect: fail, said: fail },
  unavailable: () => ({ statusCode: 503 }),
};

/** A message finds that a system is left alone. */
async function find(metrics: Metrics, state: BreakerState): Promise<void> {
  const { item } = createItemInMemory<BreakerState>();
  await item.write(state, undefined);
  const times = { windowMs: 1, pauseMs: 1, longestPauseMs: 1, probeMs: 1 };
  const policy = { ...times, minimumUsers: 1, failurePercent: 1 };
  const silent = { log: () => {}, newToken: () => '' };
  await createGate({ ...silent, system: 'crm', item, policy, metrics, now: () => 0 }).admit('ref');
}

async function waitForATurn(metrics: Metrics): Promise<void> {
  const { item } = createItemInMemory<RateState>();
  await item.write({ nextAt: 1 }, undefined);
  const rate = { perSecond: 1, burst: 1 };
  const time = { now: () => 0, sleep: async () => {}, longestWaitMs: 1 };
  await createTakeTurn({ ...time, system: 'crm', item, rate, metrics })();
}

interface EmbeddedMetrics {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
}

function metricsIn({ _aws }: EmbeddedMetrics): string[] {
  return _aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Metrics.flatMap(({ Name }) => Dimensions.map((names) => `${Namespace} ${Name} {${names.join(', ')}}`)),
  );
}

function filtered(stacks: Synthesized): string[] {
  return stacks
    .all('AWS::Logs::MetricFilter')
    .flatMap(([, { Properties }]) => Properties.MetricTransformations as Record<string, string>[])
    .map(({ MetricNamespace, MetricName }) => `${MetricNamespace} ${MetricName} {}`);
}
