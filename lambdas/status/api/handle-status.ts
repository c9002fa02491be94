import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { errorName, type Log } from '../../runtime/logger';
import type { Metrics } from '../../runtime/metrics';
import type { Knock } from '../socket/connect-route';
import type { Said } from '../socket/snapshot-message';
import type { HttpCall } from './http-request';
import { type Answer, jsonAnswer } from './json-answer';

/** A call of the HTTP API, or what comes over the WebSocket API. */
export type StatusEvent = APIGatewayProxyEventV2 | SocketEvent;

type SocketEvent = Knock & { readonly body?: string; readonly requestContext: SocketContext };
type SocketContext = Said['requestContext'] & { readonly routeKey: string };

export interface StatusRoutes {
  readonly page: (call: HttpCall) => Promise<Answer>;
  readonly snapshot: (call: HttpCall) => Promise<Answer>;
  readonly readiness: (call: HttpCall) => Promise<Answer>;
  readonly connect: (knock: Knock) => Promise<Answer>;
  readonly said: (said: Said) => Promise<Answer>;
  /** The page for when nothing works. */
  readonly unavailable: (call: HttpCall) => Answer;
}

export interface StatusHandlerDeps {
  readonly routes: StatusRoutes;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** The Lambda handler of both APIs. It answers whatever happens: a person waits for the answer. */
export function createStatusHandler(deps: StatusHandlerDeps): (event: StatusEvent) => Promise<Answer> {
  return async (event) => {
    const route = event.requestContext.routeKey;
    try {
      const answer = await answerTo(event, deps.routes);
      if (answer.statusCode !== 200) {
        deps.log('warn', 'refused', { type: route, code: String(answer.statusCode) });
      }
      return answer;
    } catch (error) {
      deps.log('error', 'not answered', { type: route, error: errorName(error) });
      deps.metrics(undefined, [{ name: 'StatusCallsFailed', value: 1, unit: 'Count' }]);
      const isSeen = isCall(event) && isPage(event);
      return isSeen ? deps.routes.unavailable(event) : jsonAnswer(503, { code: 'unavailable' });
    }
  };
}

/** One route for who looks at the page and for who asks whether it is there: both are within one limit. */
const PAGE = 'ANY /';
const isPage = ({ requestContext: { routeKey, http } }: APIGatewayProxyEventV2) =>
  routeKey === PAGE && ['GET', 'HEAD'].includes(http.method);
const isCall = (event: StatusEvent): event is APIGatewayProxyEventV2 =>
  !('connectionId' in event.requestContext);

async function answerTo(event: StatusEvent, routes: StatusRoutes): Promise<Answer> {
  if (!isCall(event)) {
    return event.requestContext.routeKey === '$connect' ? routes.connect(event) : routes.said(event);
  }
  if (isPage(event)) return routes.page(event);
  return event.routeKey === 'POST /snapshot' ? routes.snapshot(event) : routes.readiness(event);
}
