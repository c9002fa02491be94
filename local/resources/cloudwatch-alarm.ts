import * as z from 'zod';
import { flag, readProperties, refuseResource, whole, words } from '../api-gateway/read-properties';
import { type AlarmDefinition, COMPARISONS, type Comparison } from '../cloudwatch/alarm-definition';
import { readStatistic, type Statistic } from '../cloudwatch/statistic';
import { arn } from './arn';
import type { ResolvedResource, ResourceType } from './resource-type';

const TOPICS = z.array(z.string().regex(/^arn:aws:sns:/, 'only topics are told')).default([]);

const PROPERTIES = z.strictObject({
  AlarmName: z.string().min(1).max(255).optional(),
  AlarmDescription: z.string().max(1024).default(''),
  MetricName: z.string(),
  Namespace: z.string(),
  Dimensions: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]),
  Statistic: z.string().optional(),
  ExtendedStatistic: z.string().optional(),
  Period: whole.refine((seconds) => seconds > 0 && seconds % 60 === 0, 'whole minutes'),
  EvaluationPeriods: whole.min(1),
  DatapointsToAlarm: whole.min(1).optional(),
  Threshold: z.coerce.number(),
  ComparisonOperator: z.enum(Object.keys(COMPARISONS) as [Comparison, ...Comparison[]]),
  TreatMissingData: z.enum(['missing', 'ignore', 'breaching', 'notBreaching']).default('missing'),
  Unit: z.string().optional(),
  ActionsEnabled: flag.default(true),
  AlarmActions: TOPICS,
  OKActions: TOPICS,
  InsufficientDataActions: TOPICS,
  Tags: words,
});
const HOUR = 3_600;
const DAY = 24 * HOUR;

export const cloudwatchAlarm: ResourceType = {
  type: 'AWS::CloudWatch::Alarm',
  support:
    'supported: one metric, statistics and percentiles, M of N periods, missing data, actions on topics, each virtual minute. Approximated: looks for data in two periods beyond those that are evaluated. Refused: metric math, anomaly detection, periods below a minute, other actions',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const properties = readProperties(resource, PROPERTIES);
    const name = properties.AlarmName ?? resource.physicalName;
    const definition = { name, arn: arn('cloudwatch', `alarm:${name}`), ...read(resource, properties) };
    run.cloudwatch.alarms.add(definition);
    return { ref: name, attributes: { Arn: definition.arn } };
  },
};

type Properties = z.output<typeof PROPERTIES>;

function read(resource: ResolvedResource, properties: Properties): Omit<AlarmDefinition, 'name' | 'arn'> {
  const { Period, EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods, Namespace } = properties;
  if (DatapointsToAlarm > EvaluationPeriods) refuseResource(resource, 'DatapointsToAlarm is too large');
  // CloudWatch looks back for a day, and for a week where a period is an hour or more.
  if (Period * EvaluationPeriods > (Period < HOUR ? DAY : 7 * DAY))
    refuseResource(resource, 'it looks back too far');
  return {
    description: properties.AlarmDescription,
    metric: {
      namespace: Namespace,
      name: properties.MetricName,
      dimensions: Object.fromEntries(properties.Dimensions.map(({ Name, Value }) => [Name, Value])),
    },
    statistic: statisticOf(resource, properties),
    periodSeconds: Period,
    evaluationPeriods: EvaluationPeriods,
    datapointsToAlarm: DatapointsToAlarm,
    threshold: properties.Threshold,
    comparison: properties.ComparisonOperator,
    // Alarms on metrics of DynamoDB ignore missing data, whatever they say.
    missingData: Namespace === 'AWS/DynamoDB' ? 'ignore' : properties.TreatMissingData,
    unit: properties.Unit,
    actionsEnabled: properties.ActionsEnabled,
    actions: {
      ALARM: properties.AlarmActions,
      OK: properties.OKActions,
      INSUFFICIENT_DATA: properties.InsufficientDataActions,
    },
  };
}

function statisticOf(resource: ResolvedResource, properties: Properties): Statistic {
  const { Statistic: plain, ExtendedStatistic: extended } = properties;
  const name = plain ?? extended ?? '';
  const statistic = readStatistic(name);
  if (!statistic || (plain !== undefined) === statistic.isPercentile)
    return refuseResource(resource, `the statistic ${name || 'none'} is not supported`);
  return statistic;
}
