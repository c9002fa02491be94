import type { Server } from 'node:http';
import type { LocalRun } from '../../local-run';
import { arn } from '../../resources/arn';
import { formatAccessLog } from '../access-log';
import { executeApiHost } from '../execute-api-host';
import type { StageDefinition } from './definitions';
import { createRouteThrottles } from './route-throttles';
import { type AccountLimit, accessLogOf, functionCaller, placeOf } from './serve-http-api';
import type { ServedSocketStage } from './socket/call-route';
import { createRouteSelection } from './socket/select-route';
import type { SocketContext } from './socket/socket-context';
import { createSocketServer } from './socket/socket-server';
import type { V2Api } from './v2-api';

/** The server of a WebSocket API with all its stages. */
export function serveSocketApi(api: V2Api, run: LocalRun, account: AccountLimit): Server {
  const stages = [...api.stages.values()].map(
    (stage) => [stage.name, servedStage(api, stage, run, account)] as const,
  );
  return createSocketServer({
    stages: new Map(stages),
    host: executeApiHost(api.id),
    manage: (request) => run.frontDoor.request(request),
  });
}

function servedStage(
  api: V2Api,
  stage: StageDefinition,
  run: LocalRun,
  account: AccountLimit,
): ServedSocketStage {
  return {
    place: placeOf(api, stage, run),
    stage,
    routes: new Map(api.routesOf(stage).map((served) => [served.route.key, served])),
    select: createRouteSelection(api.options.selection ?? ''),
    admit: createRouteThrottles(stage, run.clock, account),
    caller: functionCaller(run),
    sourceArn: (routeKey) => arn('execute-api', `${api.id}/${stage.name}/${routeKey}`),
    connections: run.api.connections,
    clock: run.clock,
    accessLog: (context) => writeAccessLog(api, stage, context, run),
    measure: (metric, value = 1) => run.cloudwatch.services.connected(api.id, stage.name, metric, value),
  };
}

/** The role of the account writes it, as the logs of REST APIs. */
function writeAccessLog(
  { options }: V2Api,
  { accessLog }: StageDefinition,
  context: SocketContext,
  run: LocalRun,
): void {
  if (accessLog === undefined || !run.iam.api.mayLog(accessLog.groupArn)) return;
  run.log.write(accessLogOf(options), formatAccessLog(accessLog.format, context));
}
