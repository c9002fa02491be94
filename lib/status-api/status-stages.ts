import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import type { StageOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { EnvironmentConfiguration } from '../configuration';
import type { StageProps } from '../stage-props';

/**
 * One line per call. No path, query or address of the caller: tokens are in the query, and who calls is a person.
 * The route is one of ours, not what was asked for.
 *
 * Without `$context.requestId` API Gateway makes no stage of these protocols. Here it is the extended one, which callers
 * cannot set.
 */
const LINE = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  errorType: '$context.error.responseType',
  integrationStatus: '$context.integration.status',
  integrationLatencyMs: '$context.integration.latency',
};
const HTTP_LINE = { ...LINE, method: '$context.httpMethod', latencyMs: '$context.responseLatency' };
const SOCKET_LINE = { ...LINE, event: '$context.eventType' };

export interface StatusStageProps extends Pick<StageProps, 'removalPolicy'> {
  readonly throttle: EnvironmentConfiguration['statusApi']['throttle'];
}

export type Protocol = 'http' | 'socket';

/** How the stages of both APIs are limited and logged. */
export function statusStage(
  scope: Construct,
  protocol: Protocol,
  { throttle, removalPolicy }: StatusStageProps,
): StageOptions & { readonly accessLog: LogGroup } {
  const id = protocol === 'http' ? 'AccessLog' : 'SocketLog';
  const accessLog = new LogGroup(scope, id, { retention: RetentionDays.THREE_MONTHS, removalPolicy });
  const line = protocol === 'http' ? HTTP_LINE : SOCKET_LINE;
  return {
    accessLog,
    autoDeploy: true,
    throttle: { rateLimit: throttle.ratePerSecond, burstLimit: throttle.burst },
    accessLogSettings: {
      destination: new LogGroupLogDestination(accessLog),
      format: AccessLogFormat.custom(JSON.stringify(line)),
    },
  };
}
