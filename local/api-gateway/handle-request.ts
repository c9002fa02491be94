import type { Clock } from '../clock';
import type { ApiCall } from '../cloudwatch/service-metrics';
import type { ApiKeys } from './api-keys';
import { type CallService, callIntegration } from './call-integration';
import type { GatewayAnswer, GatewayRequest, StageDefinition } from './definitions';
import { GatewayRefusal } from './gateway-refusal';
import { answerRefusal } from './gateway-response';
import { mapIntegrationResponse } from './integration-response';
import { createRequestContext, findHeader, type RequestContext } from './request-context';
import type { DeploymentSnapshot, Route } from './rest-api';
import type { TokenBucket } from './token-bucket';
import type { AccountLimit } from './v2/serve-http-api';
import { validateRequest } from './validate-request';

/** A stage with all that its requests need. */
export interface ServedStage {
  readonly apiId: string;
  readonly account: string;
  readonly domain: string;
  readonly stage: StageDefinition;
  readonly deployment: DeploymentSnapshot;
  readonly bucket?: TokenBucket | undefined;
  /** Of all APIs together. */
  readonly accountLimit: AccountLimit;
  readonly keys: ApiKeys;
  readonly clock: Clock;
  readonly call: CallService;
  readonly accessLog: (context: RequestContext) => void;
  readonly measure: (call: ApiCall) => void;
  readonly executionLog: (context: RequestContext, error: Error) => void;
}

/** One request from the key to the access log, in API Gateway's order. */
export async function handleRequest(served: ServedStage, request: GatewayRequest): Promise<GatewayAnswer> {
  const began = performance.now();
  const names = {
    id: served.apiId,
    stage: served.stage.name,
    account: served.account,
    domain: served.domain,
  };
  const context = createRequestContext(request, names, served.clock.now());
  const answer = await process(served, request, context).catch((error) => refuse(served, context, error));
  context.status = answer.status;
  context.responseLatency = Math.round(performance.now() - began);
  context.responseLength = Buffer.byteLength(answer.body);
  served.accessLog(context);
  const { status, responseLatency: latencyMs, integrationLatency: integrationLatencyMs } = context;
  served.measure({ status, latencyMs, integrationLatencyMs });
  const ids = { 'x-amzn-RequestId': context.requestId, 'x-amz-apigw-id': context.extendedRequestId };
  return { ...answer, headers: { ...ids, ...answer.headers } };
}

async function process(
  served: ServedStage,
  request: GatewayRequest,
  context: RequestContext,
): Promise<GatewayAnswer> {
  if (request.tooLarge) throw new GatewayRefusal('REQUEST_TOO_LARGE');
  const route = findRoute(served, request, context);
  admit(served, route, request, context);
  validateRequest(request, route.rules);
  return integrate(served, route, request, context);
}

function findRoute(served: ServedStage, request: GatewayRequest, context: RequestContext): Route {
  const route = served.deployment.routes.get(`${request.method} ${request.path}`);
  if (!route) throw new GatewayRefusal('MISSING_AUTHENTICATION_TOKEN');
  context.resourcePath = route.resourcePath;
  context.resourceId = route.method.resourceId;
  return route;
}

function admit(served: ServedStage, route: Route, request: GatewayRequest, context: RequestContext): void {
  if (route.method.apiKeyRequired) {
    const key = findHeader(request.headers, 'x-api-key');
    context.identity.apiKeyId = served.keys.admit(key, served.apiId, served.stage.name, served.clock);
  }
  if (served.bucket && !served.bucket.take()) throw new GatewayRefusal('THROTTLED');
  if (!served.accountLimit.take()) throw new GatewayRefusal('THROTTLED');
}

async function integrate(
  served: ServedStage,
  { method }: Route,
  request: GatewayRequest,
  context: RequestContext,
): Promise<GatewayAnswer> {
  const { variables } = served.stage;
  const began = performance.now();
  const answer = await callIntegration(method.integration, request, context, variables, served.call);
  context.integration.status = answer.status;
  context.integrationStatus = answer.status;
  context.integration.latency = Math.round(performance.now() - began);
  context.integrationLatency = context.integration.latency;
  const params = { path: {}, querystring: request.query, header: request.headers };
  return mapIntegrationResponse(method.integration.responses, answer, context, variables, params);
}

function refuse(served: ServedStage, context: RequestContext, error: unknown): GatewayAnswer {
  if (!(error instanceof GatewayRefusal)) served.executionLog(context, error as Error);
  const refusal = error instanceof GatewayRefusal ? error : new GatewayRefusal('API_CONFIGURATION_ERROR');
  return answerRefusal(refusal, served.deployment.gatewayResponses, context, served.stage.variables);
}
