import { randomBytes } from 'node:crypto';
import { type CommonContext, commonLogTime } from '../../request-context';

/** `$context` of one request to an HTTP API. */
export interface HttpContext extends CommonContext {
  readonly domainPrefix: string;
  readonly identity: { readonly sourceIp: string; readonly userAgent: string };
  routeKey?: string;
  dataProcessed?: number;
  readonly integration: CommonContext['integration'] & { integrationStatus?: number };
  readonly error: { message?: string; messageString?: string; responseType?: string };
  readonly authorizer: { error?: string };
}

/** What access logs of HTTP APIs may name; what only other authorizers know is a dash. */
export const HTTP_LOG_PATHS: ReadonlySet<string> = new Set([
  ...['accountId', 'apiId', 'stage', 'domainName', 'domainPrefix', 'requestId', 'extendedRequestId'],
  ...['httpMethod', 'path', 'protocol', 'requestTime', 'requestTimeEpoch', 'routeKey', 'resourcePath'],
  ...['identity.sourceIp', 'identity.userAgent', 'identity.caller', 'identity.user'],
  ...['status', 'responseLatency', 'responseLength', 'dataProcessed'],
  ...['integrationLatency', 'integrationStatus', 'integrationErrorMessage'],
  ...['integration.status', 'integration.latency', 'integration.error', 'integration.requestId'],
  'integration.integrationStatus',
  ...['error.message', 'error.messageString', 'error.responseType', 'authorizer.error'],
]);

export interface ApiPlace {
  readonly accountId: string;
  readonly apiId: string;
  readonly stage: string;
  readonly domainName: string;
}

export function createHttpContext(
  place: ApiPlace,
  request: {
    readonly method: string;
    readonly path: string;
    readonly protocol: string;
    readonly sourceIp: string;
  },
  userAgent: string,
  now: number,
): HttpContext {
  const requestId = newRequestId();
  return {
    ...place,
    domainPrefix: place.apiId,
    requestId,
    extendedRequestId: requestId,
    httpMethod: request.method,
    path: request.path,
    protocol: request.protocol,
    requestTime: commonLogTime(now),
    requestTimeEpoch: Math.floor(now),
    identity: { sourceIp: request.sourceIp, userAgent },
    integration: {},
    error: {},
    authorizer: {},
  };
}

/** `JKJaXmPLvHcESHA=` */
export function newRequestId(): string {
  return `${randomBytes(11).toString('base64url')}=`;
}
