import * as z from 'zod';
import { ACCESS_LOG } from '../api-gateway/access-log';
import { flag, readProperties, words } from '../api-gateway/read-properties';
import type { ResourceType } from './resource-type';
import { readAccessLog, throttleOf } from './stage-settings';

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
    const { AccessLogSetting: settings } = properties;
    const accessLog = settings && readAccessLog(resource, settings, run, { name: ACCESS_LOG });
    run.api.restApi(properties.RestApiId).addStage({
      name: properties.StageName,
      deploymentId: properties.DeploymentId,
      variables: properties.Variables,
      throttle: throttleOf(properties.MethodSettings[0]),
      accessLogFormat: accessLog?.format,
      accessLogArn: accessLog?.groupArn,
    });
    return { ref: properties.StageName };
  },
};
