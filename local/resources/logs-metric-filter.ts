import * as z from 'zod';
import { readProperties, refuseResource, words } from '../api-gateway/read-properties';
import { compileFilterPattern, FilterPatternError, type LinePattern } from '../cloudwatch/filter-pattern';
import type { ResolvedResource, ResourceType } from './resource-type';

const TRANSFORMATION = z.strictObject({
  MetricName: z.string(),
  MetricNamespace: z.string(),
  MetricValue: z.string().regex(/^-?\d+(\.\d+)?$/, 'only fixed numbers'),
  DefaultValue: z.coerce.number().optional(),
  Unit: words,
});
const PROPERTIES = z.strictObject({
  FilterName: words,
  FilterPattern: z.string(),
  LogGroupName: z.string(),
  MetricTransformations: z.tuple([TRANSFORMATION]),
});

export const logsMetricFilter: ResourceType = {
  type: 'AWS::Logs::MetricFilter',
  support:
    "supported: on the API's access log and the logs of functions: a text in quotes, fields of JSON lines by `=` and `!=` joined by `&&`, fixed values. Refused: other patterns, dimensions, values out of the line, other log groups",
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const { FilterPattern, LogGroupName, MetricTransformations } = readProperties(resource, PROPERTIES);
    const [{ MetricName, MetricNamespace, MetricValue, DefaultValue }] = MetricTransformations;
    run.cloudwatch.filters.add({
      logGroup: LogGroupName,
      fits: patternOf(resource, FilterPattern),
      metric: { namespace: MetricNamespace, name: MetricName, dimensions: {} },
      value: Number(MetricValue),
      defaultValue: DefaultValue,
    });
    return { ref: resource.physicalName };
  },
};

function patternOf(resource: ResolvedResource, pattern: string): LinePattern {
  try {
    return compileFilterPattern(pattern);
  } catch (error) {
    if (error instanceof FilterPatternError) return refuseResource(resource, error.message);
    throw error;
  }
}
