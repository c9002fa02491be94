import type { Server } from 'node:http';
import { localAddress } from '../../functions/instance/outside-world';
import type { LocalRun } from '../../local-run';
import { arn } from '../../resources/arn';
import { ACCESS_LOG, formatAccessLog } from '../access-log';
import { executeApiHost } from '../execute-api-host';
import type { FunctionCaller } from './call-function';
import type { StageDefinition } from './definitions';
import type { ServedHttpStage } from './http/handle-http-request';
import type { ApiPlace, HttpContext } from './http/http-context';
import { createHttpServer } from './http/http-server';
import { createRouteMatcher } from './http/match-route';
import { authorizeRoute } from './jwt/authorize-route';
import { createIssuerKeys, fetchJsonFrom, type KeysOf } from './jwt/issuer-keys';
import { createRouteThrottles } from './route-throttles';
import type { V2Api } from './v2-api';

/** What all APIs of an account share. */
export interface AccountLimit {
  take(): boolean;
}

/** The server of an HTTP API with all its stages. */
export function serveHttpApi(api: V2Api, run: LocalRun, account: AccountLimit): Server {
  const keysOf = createIssuerKeys(run.clock, (url) =>
    fetchJsonFrom(url, (address) => localAddress(address, run.remotes.originMap())),
  );
  const stages = [...api.stages.values()].map(
    (stage) => [stage.name, servedStage(api, stage, run, { account, keysOf })] as const,
  );
  return createHttpServer(new Map(stages));
}

function servedStage(
  api: V2Api,
  stage: StageDefinition,
  run: LocalRun,
  { account, keysOf }: { account: AccountLimit; keysOf: KeysOf },
): ServedHttpStage {
  return {
    place: placeOf(api, stage, run),
    stage,
    cors: api.options.cors,
    match: createRouteMatcher(api.routesOf(stage)),
    admit: createRouteThrottles(stage, run.clock, account),
    authorize: async ({ served: { authorizer, route } }, request) =>
      authorizer && authorizeRoute({ authorizer, scopes: route.scopes }, request, keysOf, run.clock),
    caller: functionCaller(run),
    sourceArn: (route) => arn('execute-api', `${api.id}/${stage.name}/${route}`),
    clock: run.clock,
    accessLog: (context) => writeAccessLog(api, stage, context, run),
    measure: (context) => run.cloudwatch.services.requested(api.id, stage.name, measured(context)),
  };
}

export function placeOf(api: V2Api, { name: stage }: StageDefinition, run: LocalRun): ApiPlace {
  return { accountId: run.account, apiId: api.id, stage, domainName: executeApiHost(api.id) };
}

/** Less than an instance takes to start. A person waits, and on AWS there would be an instance at once. */
const PATIENCE_MS = 50;

export function functionCaller(run: LocalRun): FunctionCaller {
  return {
    takeSeat: (name) => run.functions.takeSeat(name, PATIENCE_MS),
    mayInvoke: (functionArn, sourceArn) => run.iam.lambda.mayBeInvokedByApi(functionArn, sourceArn),
  };
}

/** Name of the log that holds an API's access log. */
export function accessLogOf({ name }: { readonly name: string }): string {
  return `${ACCESS_LOG}-${name}`;
}

/** No role of the account writes it: the log group lets the delivery in by itself. */
function writeAccessLog(
  { options }: V2Api,
  { accessLog }: StageDefinition,
  context: HttpContext,
  run: LocalRun,
): void {
  if (accessLog !== undefined)
    run.log.write(accessLogOf(options), formatAccessLog(accessLog.format, context));
}

function measured({ status = 0, responseLatency = 0, integrationLatency, dataProcessed = 0 }: HttpContext) {
  return {
    status,
    latencyMs: responseLatency,
    integrationLatencyMs: integrationLatency,
    bytes: dataProcessed,
  };
}
