import { createCloudwatchService } from '../../../../local/aws/cloudwatch/cloudwatch-service';
import { AlarmRegistry } from '../../../../local/cloudwatch/alarm-registry';
import { MetricStore } from '../../../../local/cloudwatch/metric-store';
import { readStatistic } from '../../../../local/cloudwatch/statistic';
import { aDefinition } from '../../cloudwatch/helpers/an-alarm';

const START = Date.parse('2026-11-20T10:00:00Z');
const NAMES = ['Stack-crm-behind', 'Stack-tickets-behind', 'Other-behind'];

function aService(names: readonly string[] = NAMES) {
  let now = START;
  const metrics = new MetricStore(() => now);
  const alarms = new AlarmRegistry(metrics, () => now);
  for (const name of names) {
    alarms.add(aDefinition({ name, metric: { namespace: 'N', name, dimensions: { QueueName: 'q' } } }));
  }
  // The first one goes off.
  metrics.of({ namespace: 'N', name: names[0] ?? '', dimensions: { QueueName: 'q' } }).add(7);
  now += 60_000;
  alarms.evaluate(now);
  const service = createCloudwatchService(alarms);
  return async (operation: string, input: Record<string, unknown> = {}) =>
    (await service.handle(operation, input)).json as Record<string, Record<string, unknown>[]> & {
      NextToken?: string;
    };
}

const namesOf = (alarms: readonly Record<string, unknown>[] | undefined) =>
  alarms?.map(({ AlarmName }) => AlarmName);

test('an alarm is described as by AWS', async () => {
  const { MetricAlarms, CompositeAlarms } = await aService()('DescribeAlarms', { AlarmNames: [NAMES[0]] });
  expect(CompositeAlarms).toEqual([]);
  expect(MetricAlarms).toEqual([
    expect.objectContaining({
      AlarmName: 'Stack-crm-behind',
      StateValue: 'ALARM',
      StateReason: expect.stringContaining('[7]'),
      StateUpdatedTimestamp: START / 1000 + 60,
      Namespace: 'N',
      Dimensions: [{ Name: 'QueueName', Value: 'q' }],
      Statistic: 'Maximum',
      Period: 300,
      TreatMissingData: 'notBreaching',
    }),
  ]);
});

test.each([
  [{}, NAMES],
  [{ AlarmNamePrefix: 'Stack-' }, NAMES.slice(0, 2)],
  [{ StateValue: 'ALARM' }, NAMES.slice(0, 1)],
  [{ StateValue: 'OK', AlarmNamePrefix: 'Stack-' }, NAMES.slice(1, 2)],
  [{ AlarmNames: ['Nobody'] }, []],
  [{ AlarmTypes: ['CompositeAlarm'] }, []],
  [{ ActionPrefix: 'arn:aws:sns:us-east-1:000000000000:Al' }, NAMES],
  [{ ActionPrefix: 'arn:aws:lambda:' }, []],
])('alarms are chosen by %j', async (input, expected) => {
  expect(namesOf((await aService()('DescribeAlarms', input)).MetricAlarms)).toEqual(expected);
});

test('many alarms come in pages', async () => {
  const call = aService(Array.from({ length: 70 }, (_, index) => `a-${index}`));
  const first = await call('DescribeAlarms');
  const second = await call('DescribeAlarms', { NextToken: first.NextToken });
  expect([first.MetricAlarms?.length, second.MetricAlarms?.length]).toEqual([50, 20]);
  expect(second.NextToken).toBeUndefined();
  expect(namesOf(second.MetricAlarms)?.[0]).toBe('a-50');
});

test('the history tells of changes, the latest first', async () => {
  const { AlarmHistoryItems } = await aService()('DescribeAlarmHistory', { AlarmName: NAMES[0] });
  expect(AlarmHistoryItems).toMatchObject([
    { AlarmName: NAMES[0], HistorySummary: 'Alarm updated from INSUFFICIENT_DATA to ALARM' },
  ]);
});

test.each([
  ['DescribeAlarms', { StateValue: 'WELL' }, /StateValue/],
  ['DescribeAlarms', { MaxRecords: 1000 }, /MaxRecords/],
  ['DescribeAlarms', { ChildrenOfAlarmName: 'a' }, /ChildrenOfAlarmName/],
  ['DescribeAlarmHistory', { NextToken: 'x' }, /NextToken/],
  ['SetAlarmState', {}, /does not support SetAlarmState/],
  ['constructor', {}, /does not support constructor/],
])('rejects %s with %j', async (operation, input, words) => {
  await expect(aService()(operation, input)).rejects.toThrow(words);
});

test('a percentile is an extended statistic', async () => {
  const alarms = new AlarmRegistry(new MetricStore(() => START), () => START);
  const statistic = readStatistic('p99');
  alarms.add(aDefinition(statistic && { statistic }));
  const { json } = await createCloudwatchService(alarms).handle('DescribeAlarms', {});
  expect(json.MetricAlarms).toMatchObject([{ ExtendedStatistic: 'p99' }]);
});
