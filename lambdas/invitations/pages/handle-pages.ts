import { errorName, type Log } from '../../runtime/logger';
import type { Metrics } from '../../runtime/metrics';
import { type Answer, jsonAnswer } from '../../status/api/json-answer';
import { createAcceptRoute } from './accept-route';
import { flowOfState } from './authorize-request';
import { createCallbackRoute } from './callback-route';
import { createConfirmRoute } from './confirm-route';
import { createOpenRoute } from './open-route';
import { deadEnd, languageOf, placeOf } from './page-answer';
import { formOf, inQuery, type PageCall } from './page-call';
import type { PageDeps } from './page-deps';
import { createProgressRoute } from './progress-route';
import { createRedemptionRoute, type RedemptionRouteDeps } from './redemption-route';

export interface PagesHandlerDeps extends PageDeps, RedemptionRouteDeps {
  readonly log: Log;
  readonly metrics: Metrics;
}

type Route = (call: PageCall) => Promise<Answer>;

/** What the alarm counts. */
const FAILED = { name: 'InvitationCallsFailed', value: 1, unit: 'Count' } as const;

/** The Lambda handler of the pages. It answers whatever happens: a person waits for the answer. */
export function createPagesHandler(deps: PagesHandlerDeps): (call: PageCall) => Promise<Answer> {
  const routes: Readonly<Record<string, Route>> = {
    'GET /': createOpenRoute(deps),
    'GET /accept': createAcceptRoute(deps),
    'POST /confirm': createConfirmRoute(deps),
    'GET /callback': createCallbackRoute(deps),
    'GET /progress': createProgressRoute(deps),
    'POST /redemption': createRedemptionRoute(deps),
  };
  return async (call) => {
    const { routeKey: type } = call;
    try {
      const answer = (await routes[type]?.(call)) ?? jsonAnswer(404, { code: 'not-found' });
      const { statusCode = 200 } = answer;
      deps.log(statusCode < 400 ? 'info' : 'warn', 'call answered', { type, code: `${statusCode}` });
      return answer;
    } catch (error) {
      deps.log('error', 'not answered', { type, error: errorName(error) });
      deps.metrics(undefined, [FAILED]);
      return unavailable(deps, call);
    }
  };
}

function unavailable({ settings }: PageDeps, call: PageCall): Answer {
  const { accept } = call.headers;
  if (call.routeKey === 'POST /redemption' || accept === 'application/json') {
    return jsonAnswer(503, { code: 'unavailable' });
  }
  const flow = flowIn(call);
  // A code is good once, and a form is not sent again by whom it was not filled in.
  const retryUrl = flow === '' ? '' : placeOf(settings, 'accept', flow);
  return deadEnd('unavailable', languageOf(call), settings, { retryUrl });
}

const flowIn = (call: PageCall): string =>
  flowOfState(inQuery(call, 'state')) || inQuery(call, 'flow') || (formOf(call).get('flow') ?? '');
