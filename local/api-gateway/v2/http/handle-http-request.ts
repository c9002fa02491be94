import type { Clock } from '../../../clock';
import { callFunction, type FunctionCaller } from '../call-function';
import type { CorsDefinition, StageDefinition } from '../definitions';
import type { AdmitRoute } from '../route-throttles';
import { corsHeaders, isPreflight, preflightHeaders, withoutCors } from './cors';
import { type ApiPlace, createHttpContext, type HttpContext } from './http-context';
import { HttpRefusal } from './http-refusal';
import type { MatchedRoute, MatchRoute } from './match-route';
import { type HttpAnswer, proxyAnswer } from './proxy-answer';
import { type JwtContext, proxyEvent } from './proxy-event';
import type { HttpRequest } from './read-http-request';

/** A stage of an HTTP API with all that its requests need. */
export interface ServedHttpStage {
  readonly place: ApiPlace;
  readonly stage: StageDefinition;
  readonly cors?: CorsDefinition | undefined;
  readonly match: MatchRoute;
  readonly admit: AdmitRoute;
  /** Throws a refusal for a token that the route does not take. */
  readonly authorize: (matched: MatchedRoute, request: HttpRequest) => Promise<JwtContext | undefined>;
  readonly caller: FunctionCaller;
  readonly sourceArn: (routePath: string) => string;
  readonly clock: Clock;
  readonly accessLog: (context: HttpContext) => void;
  readonly measure: (context: HttpContext) => void;
}

/** One request from its route to the access log. */
export async function handleHttpRequest(
  served: ServedHttpStage,
  request: HttpRequest,
  routedPath: string,
): Promise<HttpAnswer> {
  const began = performance.now();
  const userAgent = request.headers['user-agent'] ?? '';
  const context = createHttpContext(served.place, request, userAgent, served.clock.now());
  const answer = await answerTo(served, request, routedPath, context);
  context.status = answer.status;
  context.responseLatency = Math.round(performance.now() - began);
  context.responseLength = answer.body.length;
  context.dataProcessed = request.body.length + answer.body.length;
  served.accessLog(context);
  served.measure(context);
  return { ...answer, headers: { ...answer.headers, 'apigw-requestid': context.requestId } };
}

async function answerTo(
  served: ServedHttpStage,
  request: HttpRequest,
  routedPath: string,
  context: HttpContext,
): Promise<HttpAnswer> {
  const { cors } = served;
  const { origin } = request.headers;
  if (cors && isPreflight(request.method, request.headers)) return preflight(cors, origin);
  const answer = await process(served, request, routedPath, context).catch((error) => refuse(error, context));
  if (!cors) return answer;
  return { ...answer, headers: { ...withoutCors(answer.headers), ...corsHeaders(cors, origin) } };
}

function preflight(cors: CorsDefinition, origin: string | undefined): HttpAnswer {
  return { status: 204, headers: preflightHeaders(cors, origin), cookies: [], body: Buffer.alloc(0) };
}

async function process(
  served: ServedHttpStage,
  request: HttpRequest,
  routedPath: string,
  context: HttpContext,
): Promise<HttpAnswer> {
  if (request.beyond === 'headers') throw new HttpRefusal('HEADERS_TOO_LARGE');
  if (request.beyond === 'body') throw new HttpRefusal('REQUEST_TOO_LARGE');
  const matched = served.match(request.method, routedPath);
  if (matched === undefined) throw new HttpRefusal('NOT_FOUND');
  const { key } = matched.served.route;
  context.routeKey = key;
  if (!served.admit(key)) throw new HttpRefusal('THROTTLED');
  const jwt = await served.authorize(matched, request);
  return integrate(served, request, matched, context, jwt);
}

async function integrate(
  served: ServedHttpStage,
  request: HttpRequest,
  matched: MatchedRoute,
  context: HttpContext,
  jwt: JwtContext | undefined,
): Promise<HttpAnswer> {
  const { integration, route } = matched.served;
  const event = proxyEvent(request, matched, context, { stageVariables: served.stage.variables, jwt });
  const began = performance.now();
  const sourceArn = served.sourceArn(route.key.replace(/^[A-Z]+ /, `${request.method}`));
  const outcome = await callFunction(served.caller, integration, sourceArn, event);
  const latency = Math.round(performance.now() - began);
  Object.assign(context, { integrationLatency: latency });
  context.integration.latency = latency;
  if (outcome.kind !== 'answered') {
    noteIntegration(context, outcome.words, outcome.kind === 'failed' ? 200 : undefined);
    throw new HttpRefusal(REFUSALS[outcome.kind]);
  }
  context.integration.requestId = outcome.requestId;
  const answer = proxyAnswer(outcome.result);
  noteIntegration(context, answer ? undefined : MALFORMED, answer?.status ?? 200);
  if (answer === undefined) throw new HttpRefusal('INTEGRATION_FAILURE');
  return answer;
}

const MALFORMED = "The response from the Lambda function doesn't match the format that API Gateway expects.";

const REFUSALS = {
  failed: 'INTEGRATION_FAILURE',
  forbidden: 'INTEGRATION_FAILURE',
  throttled: 'INTEGRATION_UNAVAILABLE',
  late: 'INTEGRATION_UNAVAILABLE',
} as const;

/** What Lambda said of the invocation is 200 also when the function failed. */
function noteIntegration(context: HttpContext, error: string | undefined, status: number | undefined): void {
  if (error !== undefined) {
    context.integrationErrorMessage = error;
    context.integration.error = error;
  }
  if (status === undefined) return;
  Object.assign(context, { integrationStatus: 200 });
  context.integration.integrationStatus = 200;
  context.integration.status = status;
}

function refuse(error: unknown, context: HttpContext): HttpAnswer {
  if (!(error instanceof HttpRefusal)) throw error;
  const { message, status, headers, type, words } = error;
  if (words !== undefined) context.authorizer.error = words;
  Object.assign(context.error, { message, messageString: JSON.stringify(message), responseType: type });
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    cookies: [],
    body: Buffer.from(JSON.stringify({ message })),
  };
}
