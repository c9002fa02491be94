import * as z from 'zod';
import { ACCESS_LOG, checkAccessLogFormat } from '../api-gateway/access-log';
import type { ThrottleDefinition } from '../api-gateway/definitions';
import { flag, readProperties, refuseResource, words } from '../api-gateway/read-properties';
import type { ResolvedResource, ResourceType } from './resource-type';

const METHOD_SETTING = z.strictObject({
  HttpMethod: z.literal('*'),
  ResourcePath: z.literal('/*'),
  ThrottlingRateLimit: z.coerce.number().optional(),
  ThrottlingBurstLimit: z.coerce.number().optional(),
  LoggingLevel: z.enum(['OFF', 'ERROR', 'INFO']).optional(),
  // Data trace writes whole bodies into the log.
  DataTraceEnabled: z.literal(false).optional(),
  MetricsEnabled: flag.optional(),
});

const PROPERTIES = z.strictObject({
  RestApiId: z.string(),
  DeploymentId: z.string(),
  StageName: z.string(),
  Description: words,
  Tags: words,
  TracingEnabled: flag.optional(),
  Variables: z.record(z.string(), z.string()).default({}),
  MethodSettings: z.array(METHOD_SETTING).max(1).default([]),
  AccessLogSetting: z.strictObject({ DestinationArn: z.string(), Format: z.string() }).optional(),
});

export const apigatewayStage: ResourceType = {
  type: 'AWS::ApiGateway::Stage',
  support:
    'supported: variables, throttling of all methods together, access log (`logs/api-access.log`), execution log of errors. Recorded: tracing, metrics. Refused: caches, canaries, client certificates, data trace, settings of single methods',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const properties = readProperties(resource, PROPERTIES);
    const { Format: format, DestinationArn: destination = '' } = properties.AccessLogSetting ?? {};
    if (format !== undefined) requireFormat(resource, format);
    // `arn:aws:logs:<region>:<account>:log-group:<name>`
    run.cloudwatch.filters.connect(destination.split(':')[6] ?? '', ACCESS_LOG);
    run.api.restApi(properties.RestApiId).addStage({
      name: properties.StageName,
      deploymentId: properties.DeploymentId,
      variables: properties.Variables,
      throttle: readThrottle(properties.MethodSettings[0]),
      accessLogFormat: format,
      accessLogArn: properties.AccessLogSetting?.DestinationArn,
    });
    return { ref: properties.StageName };
  },
};

function requireFormat(resource: ResolvedResource, format: string): void {
  try {
    checkAccessLogFormat(format);
  } catch (error) {
    refuseResource(resource, (error as Error).message);
  }
}

function readThrottle(setting: z.output<typeof METHOD_SETTING> | undefined): ThrottleDefinition | undefined {
  if (setting?.ThrottlingRateLimit === undefined || setting.ThrottlingBurstLimit === undefined)
    return undefined;
  return { rate: setting.ThrottlingRateLimit, burst: setting.ThrottlingBurstLimit };
}
