import { MetricStore } from '../../../local/cloudwatch/metric-store';
import { createServiceMetrics } from '../../../local/cloudwatch/service-metrics';

let metrics: MetricStore;
beforeEach(() => {
  metrics = new MetricStore(() => 60_000);
});

const of = (name: string, dimensions: Record<string, string>) =>
  metrics.of({ namespace: 'AWS/ApiGateway', name, dimensions }).between(0, 120_000);

test.each([[{ ApiId: 'a' }], [{ ApiId: 'a', Stage: '$default' }]])(
  'requests of an HTTP API are counted under %j',
  (dimensions) => {
    const services = createServiceMetrics(metrics);
    for (const status of [200, 404, 429, 500])
      services.requested('a', '$default', { status, latencyMs: 5, integrationLatencyMs: 3, bytes: 10 });
    const sums = ['Count', '4xx', '5xx', 'Latency', 'IntegrationLatency', 'DataProcessed'].map(
      (name) => of(name, dimensions)?.sum,
    );
    expect(sums).toEqual([4, 2, 1, 20, 12, 40]);
    // 0 or 1 for each request, so that an average is a rate.
    expect(of('5xx', dimensions)?.count).toBe(4);
  },
);

test('what happens at a WebSocket API is counted under its id, and under its stage', () => {
  const services = createServiceMetrics(metrics);
  services.connected('s', 'live', 'ConnectCount', 1);
  services.connected('s', 'live', 'IntegrationError', 1);
  for (const dimensions of [{ ApiId: 's' }, { ApiId: 's', Stage: 'live' }])
    expect([of('ConnectCount', dimensions)?.sum, of('IntegrationError', dimensions)?.sum]).toEqual([1, 1]);
  expect(of('ConnectCount', { ApiId: 'other' })).toBeUndefined();
});
