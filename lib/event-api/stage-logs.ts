import type { RemovalPolicy } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  LogGroupLogDestination,
  MethodLoggingLevel,
  type RestApi,
  type StageOptions,
} from 'aws-cdk-lib/aws-apigateway';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/**
 * One line per call. Neither the key nor the query string is in it: one is a secret, the other holds the person.
 * The resource path is the template of the path, not what was asked for.
 *
 * Here, in answers and in `accepted` the request id is the extended one: callers can set `$context.requestId`
 * themselves, and one who did could pass for another call. Nobody but API Gateway sets the extended one.
 */
const ACCESS_LOG_LINE = {
  requestId: '$context.extendedRequestId',
  time: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  apiKeyId: '$context.identity.apiKeyId',
  errorType: '$context.error.responseType',
  integrationStatus: '$context.integration.status',
  integrationLatencyMs: '$context.integration.latency',
  latencyMs: '$context.responseLatency',
};

export function createAccessLog(scope: Construct, removalPolicy: RemovalPolicy): LogGroup {
  return new LogGroup(scope, 'AccessLog', { retention: RetentionDays.THREE_MONTHS, removalPolicy });
}

/** The stage's logs: every call in short, and errors of the execution without the data they happened to. */
export function stageLogs(accessLog: LogGroup): StageOptions {
  return {
    accessLogDestination: new LogGroupLogDestination(accessLog),
    accessLogFormat: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG_LINE)),
    loggingLevel: MethodLoggingLevel.ERROR,
    dataTraceEnabled: false,
    metricsEnabled: true,
  };
}

/** API Gateway would make this log group with the first error, and keep it for ever. */
export function addExecutionLog(api: RestApi, stageName: string, removalPolicy: RemovalPolicy): void {
  const executionLog = new LogGroup(api, 'ExecutionLog', {
    logGroupName: `API-Gateway-Execution-Logs_${api.restApiId}/${stageName}`,
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy,
  });
  api.deploymentStage.node.addDependency(executionLog);
}
