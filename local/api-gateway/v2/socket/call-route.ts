import type { Clock } from '../../../clock';
import type { SocketMetric } from '../../../cloudwatch/service-metrics';
import { callFunction, type FunctionCaller } from '../call-function';
import type { StageDefinition } from '../definitions';
import type { ApiPlace } from '../http/http-context';
import type { AdmitRoute } from '../route-throttles';
import type { ServedRoute } from '../v2-api';
import type { Connections } from './connections';
import type { SelectRoute } from './select-route';
import type { SocketContext } from './socket-context';

/** A stage of a WebSocket API with all that its connections need. */
export interface ServedSocketStage {
  readonly place: ApiPlace;
  readonly stage: StageDefinition;
  /** By route key. */
  readonly routes: ReadonlyMap<string, ServedRoute>;
  readonly select: SelectRoute;
  readonly admit: AdmitRoute;
  readonly caller: FunctionCaller;
  readonly sourceArn: (routeKey: string) => string;
  readonly connections: Connections;
  readonly clock: Clock;
  readonly accessLog: (context: SocketContext) => void;
  readonly measure: (metric: SocketMetric, value?: number) => void;
}

/** How API Gateway answers for a route: a status, and what the function said. */
export interface RouteAnswer {
  readonly status: number;
  readonly body?: string | undefined;
  /** API Gateway's own, when it is not the function's answer. */
  readonly refusal?: Refusal;
}

interface Refusal {
  readonly type: string;
  readonly message: string;
}

const INTERNAL: Refusal = { type: 'INTEGRATION_FAILURE', message: 'Internal server error' };
const LATE: Refusal = { type: 'INTEGRATION_TIMEOUT', message: 'Endpoint request timed out' };
export const FORBIDDEN: Refusal = { type: 'ACCESS_DENIED', message: 'Forbidden' };
const THROTTLED: Refusal = { type: 'THROTTLED', message: 'Too Many Requests' };

const REFUSALS = {
  failed: { status: 502, refusal: INTERNAL },
  forbidden: { status: 500, refusal: INTERNAL },
  throttled: { status: 502, refusal: INTERNAL },
  late: { status: 504, refusal: LATE },
} as const;

/** Asks the function of a route, within the route's limit, and says in log and metrics what came of it. */
export async function callRoute(
  served: ServedSocketStage,
  route: ServedRoute,
  context: SocketContext,
  event: object,
): Promise<RouteAnswer> {
  if (!served.admit(route.route.key)) return finish(served, context, { status: 429, refusal: THROTTLED });
  const began = performance.now();
  const sourceArn = served.sourceArn(route.route.key);
  const outcome = await callFunction(served.caller, route.integration, sourceArn, event);
  context.integrationLatency = Math.round(performance.now() - began);
  context.integration.latency = context.integrationLatency;
  served.measure('IntegrationLatency', context.integrationLatency);
  if (outcome.kind === 'answered') return finish(served, context, answerOf(outcome.result));
  context.integrationErrorMessage = outcome.words;
  context.integration.error = outcome.words;
  return finish(served, context, REFUSALS[outcome.kind]);
}

function answerOf(result: unknown): RouteAnswer {
  const { statusCode, body } = (result ?? {}) as { statusCode?: unknown; body?: unknown };
  const status = Number(statusCode ?? Number.NaN);
  if (!Number.isInteger(status) || status < 100 || status > 599) return { status: 502, refusal: INTERNAL };
  return { status, body: typeof body === 'string' ? body : undefined };
}

/** Also for what never reached a function. */
export function finish(served: ServedSocketStage, context: SocketContext, answer: RouteAnswer): RouteAnswer {
  const wasAsked = context.integrationLatency !== undefined;
  context.status = answer.status;
  noteEnd(context, answer, wasAsked);
  served.accessLog(context);
  served.measure('IntegrationError', Number(wasAsked && answer.status >= 400));
  served.measure('ExecutionError', Number(wasAsked && answer.refusal !== undefined));
  served.measure('ClientError', Number(!wasAsked && answer.status >= 400));
  return answer;
}

function noteEnd(context: SocketContext, { status, refusal }: RouteAnswer, wasAsked: boolean): void {
  if (wasAsked && refusal === undefined) {
    // What Lambda says of the invocation; what the function says is the other one.
    context.integrationStatus = 200;
    context.integration.status = status;
  }
  if (refusal === undefined) return;
  const { message, type: responseType } = refusal;
  Object.assign(context.error, { message, messageString: JSON.stringify(message), responseType });
}
