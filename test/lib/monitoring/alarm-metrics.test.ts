import { Match } from 'aws-cdk-lib/assertions';
import { rejected, retry } from '../../../events/outcome';
import { reportOutcome } from '../../../lambdas/connectors/report-outcome';
import { createMetrics } from '../../../lambdas/runtime/metrics';
import { alarmsOf } from '../helpers/alarms';
import { synthesize } from '../helpers/synthesize';

const stacks = synthesize();
const alarms = alarmsOf(stacks);

/** What a dimension must hold: the type of the resource that it names. */
type Dimensions = Readonly<Record<string, string>>;

const OF_QUEUE: Dimensions = { QueueName: 'AWS::SQS::Queue' };
const OF_FUNCTION: Dimensions = { FunctionName: 'AWS::Lambda::Function' };
const OF_TOPIC: Dimensions = { TopicName: 'AWS::SNS::Topic' };
const OF_STAGE: Dimensions = { ApiName: 'the name of the API', Stage: 'AWS::ApiGateway::Stage' };

/**
 * Metrics that AWS sends by itself, as each service documents them: an alarm on any other name, or with any other
 * set of dimensions, would wait for ever for its first datapoint.
 */
const METRICS_OF_AWS: Readonly<Record<string, Dimensions>> = {
  'AWS/SQS ApproximateNumberOfMessagesVisible': OF_QUEUE,
  'AWS/SQS ApproximateAgeOfOldestMessage': OF_QUEUE,
  'AWS/Lambda Errors': OF_FUNCTION,
  'AWS/Lambda Throttles': OF_FUNCTION,
  'AWS/Lambda Duration': OF_FUNCTION,
  'AWS/Lambda IteratorAge': OF_FUNCTION,
  'AWS/SNS NumberOfMessagesPublished': OF_TOPIC,
  'AWS/SNS NumberOfNotificationsFailed': OF_TOPIC,
  'AWS/SNS NumberOfNotificationsFailedToRedriveToDlq': OF_TOPIC,
  'AWS/ApiGateway 5XXError': OF_STAGE,
  'AWS/ApiGateway Latency': OF_STAGE,
};

const metricOf = ({ Namespace, MetricName }: Readonly<Record<string, unknown>>) =>
  `${Namespace} ${MetricName}`;
const ours = alarms.filter(
  ({ properties }) =>
    String(properties.Namespace).startsWith('Punctual') && properties.MetricName !== 'LinksHeld',
);
const theirs = alarms.filter(({ properties }) => String(properties.Namespace).startsWith('AWS/'));

function typeOf(value: string): string {
  if (value === 'UserProvisioning-test-EventApi') return 'the name of the API';
  const types = [...new Set(Object.values(OF_ANY))];
  return types.find((type) => stacks.all(type).some(([name]) => name === value)) ?? `unknown: ${value}`;
}
const OF_ANY: Dimensions = { ...OF_QUEUE, ...OF_FUNCTION, ...OF_TOPIC, Stage: 'AWS::ApiGateway::Stage' };

test.each(theirs.map((alarm) => [alarm.name, alarm] as const))(
  '%s watches a metric that AWS sends of a resource of ours',
  (_, { dimensions, properties }) => {
    const types = Object.fromEntries(
      Object.entries(dimensions).map(([name, value]) => [name, typeOf(value)]),
    );
    expect(types).toEqual(METRICS_OF_AWS[metricOf(properties)]);
  },
);

test('the API has the name that its alarms watch, and measures', () => {
  stacks.root.hasResourceProperties('AWS::ApiGateway::RestApi', { Name: 'UserProvisioning-test-EventApi' });
  stacks.root.hasResourceProperties('AWS::ApiGateway::Stage', {
    MethodSettings: [Match.objectLike({ MetricsEnabled: true })],
  });
});

/** Metrics as the functions write them: namespace, name and names of dimensions. */
function written(): Set<string> {
  const lines: string[] = [];
  const metrics = createMetrics(
    (line) => void lines.push(line),
    () => 0,
    'test',
  );
  const deps = { system: 'crm', now: () => 900_000, log: () => {}, metrics };
  const report = { acceptedAt: 0, fields: { durationMs: 1 } };
  reportOutcome(deps, retry('remote-unavailable', 1000), report);
  reportOutcome(deps, rejected('signature-invalid'), report);
  return new Set(lines.flatMap((line) => metricsIn(JSON.parse(line))));
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

/** Metrics that a filter makes of a log. */
function filtered(): string[] {
  return stacks
    .all('AWS::Logs::MetricFilter')
    .flatMap(([, { Properties }]) => Properties.MetricTransformations as Record<string, string>[])
    .map(({ MetricNamespace, MetricName }) => `${MetricNamespace} ${MetricName} {}`);
}

test.each(ours.map((alarm) => [alarm.name, alarm] as const))(
  '%s watches a metric that our functions or filters write',
  (_, { dimensions, properties }) => {
    const watched = `${metricOf(properties)} {${Object.keys(dimensions).join(', ')}}`;
    expect([...written(), ...filtered()]).toContain(watched);
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
  const [[, stage] = []] = stacks.all('AWS::ApiGateway::Stage');
  const { Format } = stage?.Properties.AccessLogSetting as Readonly<Record<'Format', string>>;
  expect(JSON.parse(Format.replace('$context.status', '429'))).toHaveProperty('status', '429');
  stacks.root.hasResourceProperties('AWS::Logs::MetricFilter', { FilterPattern: '{ $.status = "429" }' });
});
