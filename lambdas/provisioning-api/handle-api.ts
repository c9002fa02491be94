import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { API_ROUTES, type ApiRouteName, routeKeyOf } from '../../events/provisioning-api/routes';
import { errorName, type Log } from '../runtime/logger';
import type { Metrics } from '../runtime/metrics';
import type { ApiAnswer, ApiCall } from './api-call';
import type { ApiDeps } from './api-deps';
import { askFor, askMine, retry } from './ask-for-account';
import { changeMe } from './change-me';
import { eraseUser } from './erase-user';
import { exportUser } from './export-user';
import { INVITATION_HANDLERS } from './invitation-handlers';
import { listLinks } from './list-links';
import { type OperatorCall, readOperatorCall } from './operator-call';
import { OPERATOR_HANDLERS } from './operator-handlers';
import { ApiProblem, problemOf } from './problem';
import { readCall } from './read-call';
import { showMe, showUser } from './show-user';
import { type Claims, claimsOf, requireRight } from './token';

type Handle = (deps: ApiDeps, call: ApiCall, claims: Claims) => Promise<ApiAnswer>;

const HANDLERS: Readonly<Record<ApiRouteName, Handle>> = {
  ...{ showMe, changeMe, askMine, showUser, askFor, retry },
  ...{ listLinks, eraseUser, exportUser },
  ...INVITATION_HANDLERS,
};

/** What the alarm counts. */
const FAILED = { name: 'ProvisioningApiFailed', value: 1, unit: 'Count' } as const;

export type ApiHandler = (
  event: APIGatewayProxyEventV2WithJWTAuthorizer | OperatorCall,
  context?: { readonly awsRequestId: string },
) => Promise<APIGatewayProxyStructuredResultV2>;

/** Answers calls of API Gateway. Whatever fails is an answer, and says no more than its code. */
export function createApi(deps: ApiDeps & { readonly metrics: Metrics }): ApiHandler {
  return async (event, context) => {
    const byOperator = readOperatorCall(event, context?.awsRequestId ?? '');
    const call = byOperator ?? readCall(event as APIGatewayProxyEventV2WithJWTAuthorizer);
    const startedAt = deps.now();
    try {
      const answer = await answerTo(deps, call);
      log(deps, call, { outcome: `${answer.status}`, durationMs: deps.now() - startedAt });
      return resultOf(answer, 'application/json');
    } catch (error) {
      const problem = asProblem(error);
      const { status, code } = problem;
      const told = problem === error ? {} : { error: errorName(error) };
      log(deps, call, { outcome: `${status}`, code, durationMs: deps.now() - startedAt, ...told });
      if (status >= 500) deps.metrics(undefined, [FAILED]);
      const headers = status === 503 ? { 'retry-after': `${problem.retryAfterSeconds}` } : {};
      const body = problemOf(problem, call.requestId);
      return resultOf({ status, headers, body }, 'application/problem+json');
    }
  };
}

async function answerTo(deps: ApiDeps, call: ApiCall): Promise<ApiAnswer> {
  const own = call.operator === undefined ? undefined : OPERATOR_HANDLERS[call.routeKey];
  if (own !== undefined) return own(deps, call);
  const names = Object.keys(API_ROUTES) as ApiRouteName[];
  const name = names.find((one) => routeKeyOf(API_ROUTES[one]) === call.routeKey);
  if (name === undefined) throw new ApiProblem(404, 'not-found');
  const claims = call.operator === undefined ? rightfulClaims(call, name) : nobodysClaims(name);
  return HANDLERS[name](deps, call, claims);
}

function rightfulClaims(call: ApiCall, name: ApiRouteName): Claims {
  const claims = claimsOf(call);
  requireRight(claims, API_ROUTES[name]);
  return claims;
}

// An operator is no person of the tenant.
function nobodysClaims(name: ApiRouteName): Claims {
  if (API_ROUTES[name].for === 'person') throw new ApiProblem(403, 'machine-token');
  return {};
}

// What throws otherwise is a table, the topic or a secret: all of them are there again in a moment.
const asProblem = (error: unknown) =>
  error instanceof ApiProblem ? error : new ApiProblem(503, 'unavailable');

function log(
  deps: { readonly log: Log },
  { routeKey, requestId }: ApiCall,
  fields: { outcome: string; code?: string; durationMs: number; error?: string },
): void {
  const level = fields.outcome.startsWith('5') ? 'error' : 'info';
  deps.log(level, 'call answered', { type: routeKey.replace(/[{}]/g, ''), requestId, ...fields });
}

function resultOf({ status, headers, body }: ApiAnswer, type: string): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: status,
    // It is about one person, and stale a moment later.
    headers: { ...headers, 'content-type': type, 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  };
}
