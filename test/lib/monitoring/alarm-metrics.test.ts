import { Match } from 'aws-cdk-lib/assertions';
import { alarmsOf } from '../helpers/alarms';
import { METRICS_OF_AWS, metricsOfOurs, typeOf } from '../helpers/known-metrics';
import { only, synthesize } from '../helpers/synthesize';

const stacks = synthesize();
const alarms = alarmsOf(stacks);

const metricOf = ({ Namespace, MetricName }: Readonly<Record<string, unknown>>) =>
  `${Namespace} ${MetricName}`;
const theirs = alarms.filter(({ properties }) => String(properties.Namespace).startsWith('AWS/'));
const ours = alarms.filter((alarm) => !theirs.includes(alarm));

test.each(theirs.map((alarm) => [alarm.name, alarm] as const))(
  '%s watches a metric that AWS sends of a resource of ours',
  (_, { dimensions, properties }) => {
    const types = Object.entries(dimensions).map(([name, value]) => [name, typeOf(stacks, value)]);
    expect(Object.fromEntries(types)).toEqual(METRICS_OF_AWS[metricOf(properties)]);
  },
);

test('the stage of the API measures, which it does only when told', () => {
  stacks.root.hasResourceProperties('AWS::ApiGateway::Stage', {
    MethodSettings: [Match.objectLike({ MetricsEnabled: true })],
  });
});

test.each(ours.map((alarm) => [alarm.name, alarm] as const))(
  '%s watches a metric that our functions or filters write',
  async (_, { dimensions, properties }) => {
    expect(await metricsOfOurs(stacks)).toContain(
      `${metricOf(properties)} {${Object.keys(dimensions).join(', ')}}`,
    );
  },
);

test('our metrics are told apart by the environment, and by the system that the alarm is in', () => {
  for (const { stack, name, dimensions, properties } of ours) {
    const system = stack === 'root' ? {} : { System: stack };
    const expected = properties.Namespace === 'Punctual' ? { Environment: 'test', ...system } : {};
    expect([name, dimensions]).toEqual([name, expected]);
  }
});

test('the filter of throttled calls fits a line of the access log as the stage writes it', () => {
  const [, { Properties }] = only(stacks.all('AWS::ApiGateway::Stage'));
  const { Format } = Properties.AccessLogSetting as Readonly<Record<'Format', string>>;
  expect(JSON.parse(Format.replace('$context.status', '429'))).toHaveProperty('status', '429');
  stacks.root.hasResourceProperties('AWS::Logs::MetricFilter', { FilterPattern: '{ $.status = "429" }' });
});
