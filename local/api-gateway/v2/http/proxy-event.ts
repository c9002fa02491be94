import type { HttpContext } from './http-context';
import type { MatchedRoute } from './match-route';
import type { HttpRequest } from './read-http-request';

/** What an authorizer found. */
export interface JwtContext {
  readonly claims: Readonly<Record<string, string>>;
  readonly scopes: readonly string[] | null;
}

/**
 * Payload format 2.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function proxyEvent(
  request: HttpRequest,
  { served, parameters }: MatchedRoute,
  context: HttpContext,
  { stageVariables, jwt }: { stageVariables: Readonly<Record<string, string>>; jwt?: JwtContext | undefined },
): Record<string, unknown> {
  const query = queryParameters(request.rawQuery);
  return {
    version: '2.0',
    routeKey: served.route.key,
    rawPath: request.path,
    rawQueryString: request.rawQuery,
    ...(request.cookies.length > 0 && { cookies: request.cookies }),
    headers: headersOf(request),
    ...present('queryStringParameters', query),
    requestContext: {
      ...requestContextOf(context, request),
      ...(jwt && { authorizer: { jwt } }),
      routeKey: served.route.key,
    },
    ...present('pathParameters', parameters),
    ...present('stageVariables', stageVariables),
    ...bodyOf(request),
  };
}

function requestContextOf(context: HttpContext, { sourceIp, protocol }: HttpRequest) {
  const { accountId, apiId, domainName, domainPrefix, requestId, stage } = context;
  return {
    ...{ accountId, apiId, domainName, domainPrefix, requestId, stage },
    http: {
      method: context.httpMethod,
      path: context.path,
      ...{ protocol, sourceIp },
      userAgent: context.identity.userAgent,
    },
    time: context.requestTime,
    timeEpoch: context.requestTimeEpoch,
  };
}

function headersOf({ headers, sourceIp }: HttpRequest): Record<string, string> {
  const forwarded = [headers['x-forwarded-for'], sourceIp].filter(Boolean).join(', ');
  return {
    ...headers,
    'x-forwarded-for': forwarded,
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
  };
}

/** Decoded; what comes twice is joined by commas. */
function queryParameters(rawQuery: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQuery))
    parameters[name] = Object.hasOwn(parameters, name) ? `${parameters[name]},${value}` : value;
  return parameters;
}

function present(name: string, values: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.keys(values).length === 0 ? {} : { [name]: values };
}

/** Types that reach a function as text; a form does not. */
const TEXT = /^(text\/.*|application\/(.+\+)?(json|xml)|application\/javascript)$/;

function bodyOf({ body, headers }: HttpRequest): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const isBase64Encoded = !TEXT.test(type);
  return { body: body.toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
}
