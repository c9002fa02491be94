import { createHash } from 'node:crypto';
import type { Server } from 'node:http';
import type { DoorAnswer, DoorRequest } from '../aws/front-door';
import { closeServer, listen } from '../listen';
import type { LocalRun, RunPart } from '../local-run';
import { arn } from '../resources/arn';
import { ACCESS_LOG, formatAccessLog } from './access-log';
import { ApiKeys } from './api-keys';
import type { StageDefinition, ThrottleDefinition } from './definitions';
import { executeApiHost } from './execute-api-host';
import { GatewayRefusal } from './gateway-refusal';
import type { ServedStage } from './handle-request';
import type { RequestContext } from './request-context';
import { RestApi } from './rest-api';
import { createApiServer } from './serve-api';
import { TokenBucket } from './token-bucket';
import { type AccountLimit, serveHttpApi } from './v2/serve-http-api';
import { serveSocketApi } from './v2/serve-socket-api';
import { Connections } from './v2/socket/connections';
import { V2Api, type V2ApiOptions } from './v2/v2-api';

/** The APIs of the run; collects definitions while resources are created, serves from `start` on. */
export interface LocalApi extends RunPart {
  /** Address of the first API, without a stage. */
  readonly url: string;
  /** Address by id of the API, without a stage. */
  readonly urls: ReadonlyMap<string, string>;
  readonly keys: ApiKeys;
  addRestApi(id: string, name?: string): RestApi;
  restApi(id: string): RestApi;
  /** `https://<id>.execute-api.…` and its stand-in, of the APIs that functions may call. */
  originMap(): Record<string, string>;
  /** The text with the addresses of APIs as they are in the run. */
  localize(text: string): string;
  /** An HTTP or a WebSocket API. */
  addV2Api(options: V2ApiOptions): V2Api;
  v2Api(id: string): V2Api;
  /** False for a stage that no WebSocket API of that id has. */
  hasStage(id: string, stage: string): boolean;
  readonly connections: Connections;
  /** Of the whole account. */
  readonly accountLimit: AccountLimit;
}

/**
 * What AWS lets all APIs of an account take together: REST, HTTP and WebSocket APIs and what is sent to connections.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
const ACCOUNT_LIMIT: ThrottleDefinition = { rate: 10_000, burst: 5_000 };

/** Ids look like API Gateway's and are the same in every run. */
export function gatewayId(stackPath: string, logicalId: string): string {
  const digest = createHash('sha256').update(`${stackPath}/${logicalId}`).digest();
  return BigInt(`0x${digest.toString('hex')}`)
    .toString(36)
    .slice(0, 10);
}

const EXECUTE_API = /(https|wss):\/\/([a-z0-9]+)\.execute-api\.[a-z0-9.-]+/g;

export function createLocalApi(limit = ACCOUNT_LIMIT): LocalApi {
  const apis = new Map<string, RestApi>();
  const v2Apis = new Map<string, V2Api>();
  const urls = new Map<string, string>();
  const servers: Server[] = [];
  const keys = new ApiKeys();
  let bucket: TokenBucket | undefined;
  const account = { take: () => bucket?.take() ?? true };
  return {
    keys,
    urls,
    get url() {
      return [...urls.values()][0] ?? '';
    },
    addRestApi(id, name) {
      const api = new RestApi(id, name);
      apis.set(id, api);
      return api;
    },
    restApi(id) {
      const api = apis.get(id);
      if (!api) throw new Error(`REST API ${id} does not exist`);
      return api;
    },
    originMap: () =>
      Object.fromEntries(
        [...v2Apis.keys()].map((id) => [`https://${executeApiHost(id)}`, urls.get(id) ?? '']),
      ),
    localize: (text) =>
      text.replace(EXECUTE_API, (address, scheme: string, id: string) => {
        const local = urls.get(id);
        if (local === undefined) return address;
        return scheme === 'wss' ? local.replace('http', 'ws') : local;
      }),
    addV2Api(options) {
      const api = new V2Api(options);
      v2Apis.set(options.id, api);
      return api;
    },
    v2Api(id) {
      const api = v2Apis.get(id);
      if (!api) throw new Error(`API ${id} does not exist`);
      return api;
    },
    hasStage(id, stage) {
      const api = v2Apis.get(id);
      return api?.options.protocol === 'WEBSOCKET' && api.stages.has(stage);
    },
    connections: new Connections(),
    accountLimit: account,
    async start(run) {
      bucket = new TokenBucket(limit, run.clock);
      const serve = async (id: string, server: Server, what: string) => {
        servers.push(server);
        urls.set(id, `http://127.0.0.1:${await listen(server, run.ports.next(), what)}`);
      };
      for (const api of apis.values())
        await serve(api.id, createApiServer(servedStages(api, keys, run, account)), 'the event API');
      for (const api of v2Apis.values())
        await serve(api.id, serveV2(api, run, account), `the API ${api.options.name}`);
    },
    stop: async () => void (await Promise.all(servers.splice(0).map(closeServer))),
  };
}

function serveV2(api: V2Api, run: LocalRun, account: AccountLimit): Server {
  const serve = api.options.protocol === 'HTTP' ? serveHttpApi : serveSocketApi;
  return serve(api, run, account);
}

function servedStages(
  api: RestApi,
  keys: ApiKeys,
  run: LocalRun,
  account: AccountLimit,
): Map<string, ServedStage> {
  const served = [...api.stages.values()].map((stage): [string, ServedStage] => [
    stage.name,
    {
      apiId: api.id,
      account: run.account,
      domain: executeApiHost(api.id),
      stage,
      deployment: api.deploymentOf(stage),
      bucket: stage.throttle && new TokenBucket(stage.throttle, run.clock),
      accountLimit: account,
      keys,
      clock: run.clock,
      call: (request, role) => callWith(role, request, run),
      accessLog: (context) => writeAccessLog(stage, context, run),
      measure: (call) => run.cloudwatch.services.called(api.name, stage.name, call),
      executionLog: (context, error) => writeExecutionLog(`${api.id}/${stage.name}`, context, error, run),
    },
  ]);
  return new Map(served);
}

async function callWith(role: string, request: DoorRequest, run: LocalRun): Promise<DoorAnswer> {
  if (run.iam.api.mayAssume(role)) return run.frontDoor.request(request, role);
  throw new GatewayRefusal('API_CONFIGURATION_ERROR');
}

function writeAccessLog(
  { accessLogFormat: format, accessLogArn = '' }: StageDefinition,
  context: RequestContext,
  run: LocalRun,
): void {
  if (format === undefined || !run.iam.api.mayLog(accessLogArn)) return;
  run.log.write(ACCESS_LOG, formatAccessLog(format, context));
}

/** Our own messages hold no data of a request; those of a JSON parser would. */
function writeExecutionLog(
  stage: string,
  { extendedRequestId: requestId }: RequestContext,
  error: Error,
  run: LocalRun,
): void {
  if (!run.iam.api.mayLog(arn('logs', `log-group:API-Gateway-Execution-Logs_${stage}`))) return;
  const words = error instanceof SyntaxError ? 'the body is not JSON' : error.message;
  run.log.write('api-execution', JSON.stringify({ level: 'ERROR', requestId, error: error.name, words }));
}
