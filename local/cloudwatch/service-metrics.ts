import type { MetricSeries } from './metric-series';
import type { MetricStore } from './metric-store';

/** What one call of an API came to. Times are real ones: work takes the time it takes, however fast the clock. */
export interface ApiCall {
  readonly status: number;
  readonly latencyMs: number;
  /** Absent when the integration was not reached. */
  readonly integrationLatencyMs?: number | undefined;
}

/** One request of an HTTP API. */
export interface HttpApiRequest extends ApiCall {
  /** Of request and answer together. */
  readonly bytes: number;
}

export type SocketMetric =
  | 'ConnectCount'
  | 'MessageCount'
  | 'IntegrationLatency'
  | 'IntegrationError'
  | 'ExecutionError'
  | 'ClientError';

/** What services tell CloudWatch of themselves, by AWS's names. */
export interface ServiceMetrics {
  /** @param physicalName of the function */
  invoked(physicalName: string, outcome: { readonly ok: boolean; readonly durationMs: number }): void;
  throttled(physicalName: string): void;
  /** @param ageMs how long ago the last record of a batch was written, in virtual time */
  iterated(physicalName: string, ageMs: number): void;
  called(api: string, stage: string, call: ApiCall): void;
  /** Of an HTTP API, which CloudWatch knows by its id. */
  requested(apiId: string, stage: string, request: HttpApiRequest): void;
  /** Of a WebSocket API, as of an HTTP API. */
  connected(apiId: string, stage: string, metric: SocketMetric, value: number): void;
  /** @param metric such as `NumberOfNotificationsFailed` */
  notified(topicName: string, metric: NotificationMetric): void;
}

export type NotificationMetric =
  | 'NumberOfMessagesPublished'
  | 'NumberOfNotificationsDelivered'
  | 'NumberOfNotificationsFailed'
  | 'NumberOfNotificationsRedrivenToDlq'
  | 'NumberOfNotificationsFailedToRedriveToDlq';

export function createServiceMetrics(metrics: MetricStore): ServiceMetrics {
  const lambda = seriesBy(metrics, 'AWS/Lambda', (FunctionName) => ({ FunctionName }));
  const sns = seriesBy(metrics, 'AWS/SNS', (TopicName) => ({ TopicName }));
  const gateway = seriesBy(metrics, 'AWS/ApiGateway', (whole) => {
    const [ApiName = '', Stage = ''] = JSON.parse(whole) as string[];
    return { ApiName, Stage };
  });
  const v2 = seriesBy(metrics, 'AWS/ApiGateway', (whole) => {
    const [ApiId = '', Stage] = JSON.parse(whole) as string[];
    return Stage === undefined ? { ApiId } : { ApiId, Stage };
  });
  /** Both of the API as a whole and of its stage. */
  const addV2 = (apiId: string, stage: string, metric: string, value: number) => {
    for (const whose of [[apiId], [apiId, stage]]) v2(JSON.stringify(whose), metric).add(value);
  };
  return {
    connected: addV2,
    invoked(name, { ok, durationMs }) {
      lambda(name, 'Invocations').add(1);
      lambda(name, 'Errors').add(ok ? 0 : 1);
      lambda(name, 'Duration').add(durationMs);
    },
    throttled: (name) => lambda(name, 'Throttles').add(1),
    iterated: (name, ageMs) => lambda(name, 'IteratorAge').add(ageMs),
    called(api, stage, { status, latencyMs, integrationLatencyMs }) {
      const add = (metric: string, value: number) => gateway(JSON.stringify([api, stage]), metric).add(value);
      add('Count', 1);
      // 0 or 1 for each call: their sum is a count and their average a rate.
      add('4XXError', Number(status >= 400 && status < 500));
      add('5XXError', Number(status >= 500));
      add('Latency', latencyMs);
      if (integrationLatencyMs !== undefined) add('IntegrationLatency', integrationLatencyMs);
    },
    requested(apiId, stage, { status, latencyMs, integrationLatencyMs, bytes }) {
      const add = (metric: string, value: number) => addV2(apiId, stage, metric, value);
      add('Count', 1);
      add('4xx', Number(status >= 400 && status < 500));
      add('5xx', Number(status >= 500));
      add('Latency', latencyMs);
      add('DataProcessed', bytes);
      if (integrationLatencyMs !== undefined) add('IntegrationLatency', integrationLatencyMs);
    },
    notified: (topic, metric) => sns(topic, metric).add(1),
  };
}

/** Looks a series up once: thousands of calls a second tell the same few. */
function seriesBy(
  metrics: MetricStore,
  namespace: string,
  dimensionsOf: (whose: string) => Record<string, string>,
): (whose: string, name: string) => MetricSeries {
  const known = new Map<string, MetricSeries>();
  return (whose, name) => {
    const key = `${name} ${whose}`;
    const series = known.get(key) ?? metrics.of({ namespace, name, dimensions: dimensionsOf(whose) });
    known.set(key, series);
    return series;
  };
}
