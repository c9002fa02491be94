import * as z from 'zod';
import type { ThrottleDefinition } from '../api-gateway/definitions';
import { flag, readProperties, refuseResource, words } from '../api-gateway/read-properties';
import { HTTP_LOG_PATHS } from '../api-gateway/v2/http/http-context';
import { accessLogOf } from '../api-gateway/v2/serve-http-api';
import { SOCKET_LOG_PATHS } from '../api-gateway/v2/socket/socket-context';
import type { LocalRun } from '../local-run';
import type { ResolvedResource, ResourceType } from './resource-type';
import { readAccessLog, throttleOf } from './stage-settings';

const ROUTE_SETTINGS = z.strictObject({
  ThrottlingRateLimit: z.coerce.number().nonnegative().optional(),
  ThrottlingBurstLimit: z.coerce.number().int().nonnegative().optional(),
  DetailedMetricsEnabled: words,
  LoggingLevel: z.enum(['OFF', 'ERROR', 'INFO']).optional(),
  // Data trace writes whole messages into the log.
  DataTraceEnabled: flag.pipe(z.literal(false)).optional(),
});

const PROPERTIES = z.strictObject({
  ApiId: z.string(),
  StageName: z.string(),
  AutoDeploy: flag.default(false),
  DeploymentId: z.string().optional(),
  Description: words,
  Tags: words,
  StageVariables: z.record(z.string(), z.string()).default({}),
  DefaultRouteSettings: ROUTE_SETTINGS.optional(),
  RouteSettings: z.record(z.string(), ROUTE_SETTINGS).default({}),
  AccessLogSettings: z.strictObject({ DestinationArn: z.string(), Format: z.string() }).optional(),
});
type Properties = z.output<typeof PROPERTIES>;

export const apigatewayv2Stage: ResourceType = {
  type: 'AWS::ApiGatewayV2::Stage',
  support:
    "supported: `$default` and named stages, automatic and given deployments, variables, limits of each route (the stage's are those of every route without its own) below those of the account, access log (`logs/api-access-<name of the API>.log`). Recorded: detailed metrics, execution logs. Refused: data trace, client certificates",
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const properties = readProperties(resource, PROPERTIES);
    const { ApiId, StageName: name, AutoDeploy, DeploymentId } = properties;
    if (!AutoDeploy && DeploymentId === undefined)
      refuseResource(resource, 'a stage without a deployment, which serves nothing');
    const accessLog = connectLog(resource, properties, run);
    run.api.v2Api(ApiId).addStage({
      name,
      deploymentId: AutoDeploy ? undefined : DeploymentId,
      variables: properties.StageVariables,
      throttle: throttleOf(properties.DefaultRouteSettings),
      routeThrottles: routeThrottles(properties),
      accessLog,
    });
    return { ref: name };
  },
};

function connectLog(resource: ResolvedResource, { ApiId, AccessLogSettings }: Properties, run: LocalRun) {
  if (AccessLogSettings === undefined) return undefined;
  const { options } = run.api.v2Api(ApiId);
  const paths = options.protocol === 'HTTP' ? HTTP_LOG_PATHS : SOCKET_LOG_PATHS;
  return readAccessLog(resource, AccessLogSettings, run, { name: accessLogOf(options), paths });
}

function routeThrottles({ RouteSettings }: Properties): Record<string, ThrottleDefinition> {
  const throttles = Object.entries(RouteSettings).map(
    ([key, settings]) => [key, throttleOf(settings)] as const,
  );
  return Object.fromEntries(throttles.flatMap(([key, throttle]) => (throttle ? [[key, throttle]] : [])));
}
