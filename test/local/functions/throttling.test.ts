import type { RowChange } from '../../../local/aws/dynamodb/tables';
import { createClock } from '../../../local/clock';
import { MetricStore } from '../../../local/cloudwatch/metric-store';
import { createServiceMetrics } from '../../../local/cloudwatch/service-metrics';
import type { FunctionSpec } from '../../../local/functions/function-spec';
import { FunctionRegistry } from '../../../local/functions/functions';
import type { Invocation } from '../../../local/functions/invocation';
import { createStreamMapping } from '../../../local/functions/stream/stream-mapping';
import { waitFor } from '../../helpers/wait-for';

const THROTTLED: Invocation = { requestId: '', ok: false, errorType: 'TooManyRequestsException' };
const FINE: Invocation = { requestId: 'r', ok: true, result: null };

const change: RowChange = {
  ...{ eventName: 'INSERT', table: 'links', at: 0 },
  ...{ keys: { userRef: { S: 'u' } }, newImage: { userRef: { S: 'u' } } },
};

/** A stream of one change, which gives up after the first failure, and how its function answers in turn. */
function aStream(answers: Invocation[]) {
  const clock = createClock(10_000);
  const seen = { invocations: 0, ages: [] as number[], notices: 0 };
  const invoke = async () => {
    seen.invocations += 1;
    return answers.shift() ?? FINE;
  };
  const countNotice = async () => {
    seen.notices += 1;
  };
  const mapping = createStreamMapping(
    {
      ...{ streamArn: 'arn:stream', viewType: 'NEW_IMAGE', functionArn: 'arn:fn', filters: [] },
      functionName: 'fn',
      ...{ batchSize: 10, windowMs: 0, maximumRetries: 0, maximumAgeSeconds: 86_400 },
      ...{ bisects: false, reportsFailures: false, failureQueueArn: 'arn:aws:sqs:us-east-1:0:failures' },
    },
    {
      clock,
      door: { url: 'http://door', call: countNotice as never },
      takeSeat: async () => ({ invoke, release: () => undefined }),
      mayRead: () => true,
      onChange: (listener) => listener(change),
      onIteration: (ageMs) => void seen.ages.push(ageMs),
    },
  );
  mapping.start();
  return { seen, stop: () => mapping.stop() };
}

test('a batch that Lambda does not let through is tried on, and uses up no attempt', async () => {
  const { seen, stop } = aStream([THROTTLED, THROTTLED, FINE]);
  await waitFor('three tries', async () => seen.invocations === 3);
  stop();
  expect(seen.notices).toBe(0);
});

test('what cannot be worked off gets older and older', async () => {
  const { seen, stop } = aStream([THROTTLED, THROTTLED, FINE]);
  await waitFor('three tries', async () => seen.invocations === 3);
  stop();
  expect(seen.ages).toHaveLength(3);
  expect(seen.ages).toEqual(seen.ages.toSorted((one, other) => one - other));
  expect(seen.ages.at(-1)).toBeGreaterThan(20_000);
});

describe('a function', () => {
  let now: number;
  let metrics: MetricStore;
  let functions: FunctionRegistry;
  const spec = { name: 'crm', physicalName: 'crm-fn', timeoutMs: 20_000 } as FunctionSpec;
  const measured = (name: string) =>
    metrics.of({ namespace: 'AWS/Lambda', name, dimensions: { FunctionName: 'crm-fn' } }).between(0, 120_000);

  beforeEach(() => {
    now = 60_000;
    metrics = new MetricStore(() => now);
    const clock = { now: () => now, scale: 1, startedAt: 0, realDelayMs: (ms: number) => ms };
    functions = new FunctionRegistry({
      ...{
        clock,
        log: {} as never,
        door: () => ({}) as never,
        origins: () => ({}),
        localize: (text: string) => text,
      },
      measured: createServiceMetrics(metrics),
      permits: { mayRun: () => true, mayCreateLogStream: () => true, mayLog: () => true },
    });
    functions.add(spec);
  });
  afterEach(() => functions.stop());

  const invoke = async () => (await functions.takeSeat('crm')).invoke({});

  test('that is throttled does not run, which is no error of it', async () => {
    functions.throttle('crm', 30);
    expect(await invoke()).toEqual(THROTTLED);
    expect([measured('Throttles')?.sum, measured('Invocations'), measured('Errors')]).toEqual([
      1,
      undefined,
      undefined,
    ]);
    expect(functions.states()).toMatchObject([{ invocations: 0, instances: 0 }]);
  });
});
