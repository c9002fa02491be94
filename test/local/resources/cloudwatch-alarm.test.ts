import { CloudWatch } from '../../../local/cloudwatch/cloudwatch';
import type { LocalRun } from '../../../local/local-run';
import { cloudwatchAlarm } from '../../../local/resources/cloudwatch-alarm';
import { logsMetricFilter } from '../../../local/resources/logs-metric-filter';
import type { ResourceType } from '../../../local/resources/resource-type';

const clock = { now: () => 0, scale: 1, startedAt: 0, realDelayMs: (ms: number) => ms };

function create(type: ResourceType, properties: Record<string, unknown>) {
  const cloudwatch = new CloudWatch(clock);
  const names = { logicalId: 'It', stackPath: '', type: type.type, metadata: {}, physicalName: 'Stack-It' };
  const created = type.create({ ...names, properties }, { cloudwatch } as unknown as LocalRun);
  return { created, cloudwatch };
}

const ALARM = {
  ...{ MetricName: 'Errors', Namespace: 'AWS/Lambda', Statistic: 'Sum', Period: 300, EvaluationPeriods: 3 },
  ...{ Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' },
  Dimensions: [{ Name: 'FunctionName', Value: 'crm' }],
  AlarmActions: ['arn:aws:sns:us-east-1:000000000000:Alarms'],
};

test('an alarm is what its properties say, and the defaults of CloudFormation where they say nothing', () => {
  const { created, cloudwatch } = create(cloudwatchAlarm, ALARM);
  const arn = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:Stack-It';
  expect(created).toEqual({ ref: 'Stack-It', attributes: { Arn: arn } });
  expect(cloudwatch.alarms.list()[0]?.definition).toMatchObject({
    ...{ name: 'Stack-It', arn, periodSeconds: 300, evaluationPeriods: 3, datapointsToAlarm: 3 },
    ...{ missingData: 'missing', actionsEnabled: true },
    metric: { namespace: 'AWS/Lambda', name: 'Errors', dimensions: { FunctionName: 'crm' } },
    actions: { ALARM: ALARM.AlarmActions, OK: [], INSUFFICIENT_DATA: [] },
  });
});

test('an alarm on a metric of DynamoDB ignores missing data, whatever it says', () => {
  const properties = { ...ALARM, Namespace: 'AWS/DynamoDB', TreatMissingData: 'breaching' };
  expect(create(cloudwatchAlarm, properties).cloudwatch.alarms.list()[0]?.definition.missingData).toBe(
    'ignore',
  );
});

test.each([
  ['metric math', { Metrics: [] }, /Metrics/],
  ['anomaly detection', { ThresholdMetricId: 'ad1' }, /ThresholdMetricId/],
  ['a comparison with a band', { ComparisonOperator: 'LessThanLowerThreshold' }, /ComparisonOperator/],
  ['rules for thin percentiles', { EvaluateLowSampleCountPercentile: 'ignore' }, /EvaluateLowSampleCount/],
  ['periods below a minute', { Period: 10 }, /Period/],
  ['more bad periods than periods', { DatapointsToAlarm: 4 }, /DatapointsToAlarm/],
  ['a look back beyond a day', { Period: 1_800, EvaluationPeriods: 49 }, /too far/],
  ['a look back beyond a week', { Period: 3_600, EvaluationPeriods: 169 }, /too far/],
  ['a trimmed mean', { Statistic: undefined, ExtendedStatistic: 'tm99' }, /tm99/],
  ['a percentile as a plain statistic', { Statistic: 'p99' }, /p99/],
  ['no statistic', { Statistic: undefined }, /none/],
  ['an action that is no topic', { AlarmActions: ['arn:aws:automate:us-east-1:ec2:stop'] }, /topics/],
])('rejects %s by name', (_, properties, words) => {
  expect(() => create(cloudwatchAlarm, { ...ALARM, ...properties })).toThrow(words);
});

const FILTER = {
  FilterPattern: '{ $.status = "429" }',
  LogGroupName: 'AccessLog',
  MetricTransformations: [{ MetricName: 'Throttled', MetricNamespace: 'Punctual/dev', MetricValue: '1' }],
};

test('a metric filter counts the lines of its log group', () => {
  const { cloudwatch } = create(logsMetricFilter, FILTER);
  cloudwatch.filters.connect('AccessLog', 'api-access');
  cloudwatch.filters.start();
  cloudwatch.filters.read('api-access', '{"status":"429"}');
  const metric = { namespace: 'Punctual/dev', name: 'Throttled', dimensions: {} };
  expect(cloudwatch.metrics.of(metric).between(0, 60_000)?.sum).toBe(1);
});

test.each([
  ['a pattern it does not know', { FilterPattern: '[ip, status]' }, /is not supported/],
  [
    'a value out of the line',
    { MetricTransformations: [{ ...FILTER.MetricTransformations[0], MetricValue: '$.ms' }] },
    /MetricValue/,
  ],
  [
    'dimensions',
    { MetricTransformations: [{ ...FILTER.MetricTransformations[0], Dimensions: [] }] },
    /Dimensions/,
  ],
])('rejects a metric filter with %s', (_, properties, words) => {
  expect(() => create(logsMetricFilter, { ...FILTER, ...properties })).toThrow(words);
});
