import { createClock } from '../../../local/clock';
import { CloudWatch } from '../../../local/cloudwatch/cloudwatch';
import { waitFor } from '../../helpers/wait-for';
import { aDefinition, statisticNamed } from './helpers/an-alarm';

const RETRIED = { namespace: 'Punctual', name: 'Retried', dimensions: { System: 'crm' } };

/** A run in which an hour passes in a real second, and in which a test prints. */
function start() {
  const clock = createClock(3_600);
  const cloudwatch = new CloudWatch(clock);
  let listener: (source: string, line: string) => void = () => undefined;
  const log = {
    write: () => undefined,
    onLine: (given: typeof listener) => {
      listener = given;
    },
  };
  const published: object[] = [];
  const door = { call: (async (call: object) => void published.push(call)) as never };
  const metric = RETRIED;
  const rules = { metric, statistic: statisticNamed('Sum'), threshold: 3, periodSeconds: 60 };
  cloudwatch.alarms.add(aDefinition({ ...rules, name: 'retries' }));
  cloudwatch.start({ log, door, functions: ['crm'], queues: () => [] });
  const print = (source: string, value: number) => {
    const directive = { Namespace: 'Punctual', Dimensions: [['System']], Metrics: [{ Name: 'Retried' }] };
    const _aws = { Timestamp: clock.now(), CloudWatchMetrics: [directive] };
    listener(source, JSON.stringify({ _aws, System: 'crm', Retried: value }));
  };
  const state = () => cloudwatch.alarms.list()[0]?.state;
  return { cloudwatch, clock, print, state, published };
}

test('what a function prints sets off an alarm and the alarm its mail, all on the virtual clock', async () => {
  const { cloudwatch, print, state, published } = start();
  expect(state()).toBe('OK');
  print('crm', 3);
  await waitFor('an alarm', async () => state() === 'ALARM');
  await waitFor('its end', async () => state() === 'OK');
  cloudwatch.stop();
  expect(published).toHaveLength(1);
});

test('only what functions print is measured', () => {
  const { cloudwatch, clock, print } = start();
  print('auth0-action', 3);
  print('crm', 1);
  cloudwatch.stop();
  const now = clock.now();
  expect(cloudwatch.metrics.of(RETRIED).between(now - 3_600_000, now + 3_600_000)?.sum).toBe(1);
});
