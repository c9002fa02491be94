import type { QueueSample } from '../../../local/aws/queues';
import { compileFilterPattern } from '../../../local/cloudwatch/filter-pattern';
import { MetricFilters } from '../../../local/cloudwatch/metric-filters';
import { MetricStore } from '../../../local/cloudwatch/metric-store';
import { createQueueSampler } from '../../../local/cloudwatch/sample-queues';
import { createServiceMetrics } from '../../../local/cloudwatch/service-metrics';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse('2026-11-20T10:00:00Z');

let now: number;
let metrics: MetricStore;
beforeEach(() => {
  now = START;
  metrics = new MetricStore(() => now);
});

/** Count and sum of a metric in the hours around now. */
function measured(namespace: string, name: string, dimensions: Record<string, string>) {
  const found = metrics.of({ namespace, name, dimensions }).between(now - 2 * HOUR, now + HOUR);
  return found && [found.count, found.sum];
}

describe('queues', () => {
  const of = (name: string) => measured('AWS/SQS', name, { QueueName: 'crm' });
  const aQueue = (fields: Partial<QueueSample> = {}): QueueSample => ({
    ...{ name: 'crm', visible: 0, notVisible: 0 },
    ...fields,
  });

  test('report what is in them, and how old it is', () => {
    createQueueSampler(metrics).sample(
      [aQueue({ visible: 2, notVisible: 1, oldestSentAt: START - MINUTE })],
      now,
    );
    expect(of('ApproximateNumberOfMessagesVisible')).toEqual([1, 2]);
    expect(of('ApproximateNumberOfMessagesNotVisible')).toEqual([1, 1]);
    expect(of('ApproximateAgeOfOldestMessage')).toEqual([1, 60]);
  });

  test('report no age when every message was received three times', () => {
    createQueueSampler(metrics).sample([aQueue({ visible: 2 })], now);
    expect(of('ApproximateAgeOfOldestMessage')).toBeUndefined();
  });

  test('report nothing that was never used', () => {
    createQueueSampler(metrics).sample([aQueue()], now);
    expect(of('ApproximateNumberOfMessagesVisible')).toBeUndefined();
  });

  test('report zeros for six hours after the last message', () => {
    const sampler = createQueueSampler(metrics);
    sampler.sample([aQueue({ visible: 1 })], now);
    now += 6 * HOUR;
    sampler.sample([aQueue()], now);
    expect(of('ApproximateNumberOfMessagesVisible')).toEqual([120, 0]);
    now += 4 * HOUR;
    sampler.sample([aQueue()], now);
    expect(of('ApproximateNumberOfMessagesVisible')).toBeUndefined();
  });

  test('leave no gap in a run that is faster than the samples', () => {
    const sampler = createQueueSampler(metrics);
    sampler.sample([aQueue({ visible: 1 })], now);
    now += 10 * MINUTE;
    sampler.sample([aQueue({ visible: 1 })], now);
    expect(of('ApproximateNumberOfMessagesVisible')).toEqual([11, 11]);
  });
});

test('functions report invocations, errors, their time and what was not let through', () => {
  const services = createServiceMetrics(metrics);
  services.invoked('crm-fn', { ok: true, durationMs: 20 });
  services.invoked('crm-fn', { ok: false, durationMs: 40 });
  services.throttled('crm-fn');
  services.iterated('crm-fn', 5_000);
  const of = (name: string) => measured('AWS/Lambda', name, { FunctionName: 'crm-fn' });
  expect(['Invocations', 'Errors', 'Duration', 'Throttles', 'IteratorAge'].map(of)).toEqual([
    ...[
      [2, 2],
      [2, 1],
      [2, 60],
    ],
    ...[
      [1, 1],
      [1, 5_000],
    ],
  ]);
});

test('errors of an API are a count by their sum and a rate by their average', () => {
  const services = createServiceMetrics(metrics);
  for (const status of [202, 202, 429, 503]) {
    services.called('EventApi', 'v1', {
      status,
      latencyMs: 10,
      integrationLatencyMs: status === 429 ? undefined : 5,
    });
  }
  const of = (name: string) => measured('AWS/ApiGateway', name, { ApiName: 'EventApi', Stage: 'v1' });
  expect(['Count', '4XXError', '5XXError', 'Latency', 'IntegrationLatency'].map(of)).toEqual([
    ...[
      [4, 4],
      [4, 1],
      [4, 1],
    ],
    ...[
      [4, 40],
      [3, 15],
    ],
  ]);
});

test('topics report by their name', () => {
  createServiceMetrics(metrics).notified('Events', 'NumberOfNotificationsFailed');
  expect(measured('AWS/SNS', 'NumberOfNotificationsFailed', { TopicName: 'Events' })).toEqual([1, 1]);
});

describe('metric filters', () => {
  const metric = { namespace: 'Punctual/dev', name: 'ApiThrottled', dimensions: {} };
  const aFilter = {
    logGroup: 'AccessLog',
    fits: compileFilterPattern('{ $.status = "429" }'),
    metric,
    value: 1,
  };
  const counted = () => measured('Punctual/dev', 'ApiThrottled', {});

  test('count the lines of their own log group', () => {
    const filters = new MetricFilters(metrics);
    filters.add(aFilter);
    filters.connect('AccessLog', 'api-access');
    filters.start();
    filters.read('api-access', '{"status":"429"}');
    filters.read('api-access', '{"status":"202"}');
    filters.read('crm', '{"status":"429"}');
    expect(counted()).toEqual([1, 1]);
  });

  test('add their default for every other line', () => {
    const filters = new MetricFilters(metrics);
    filters.add({ ...aFilter, defaultValue: 0 });
    filters.connect('AccessLog', 'api-access');
    filters.start();
    filters.read('api-access', '{"status":"202"}');
    expect(counted()).toEqual([1, 0]);
  });

  test('fails when the run writes no such log', () => {
    const filters = new MetricFilters(metrics);
    filters.add(aFilter);
    expect(() => filters.start()).toThrow(/ApiThrottled is counted in the log group AccessLog/);
  });
});
