import { randomBytes, randomUUID } from 'node:crypto';
import type { GatewayRequest } from './definitions';

/** What `$context` has in every API that is asked by HTTP; grows while a request is handled. */
export interface CommonContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly stage: string;
  readonly domainName: string;
  readonly requestId: string;
  readonly extendedRequestId: string;
  readonly httpMethod: string;
  readonly path: string;
  readonly protocol: string;
  readonly requestTime: string;
  /** Milliseconds since 1970, of the virtual clock. */
  readonly requestTimeEpoch: number;
  status?: number;
  responseLatency?: number;
  responseLength?: number;
  integrationLatency?: number;
  integrationStatus?: number;
  integrationErrorMessage?: string;
  readonly integration: { status?: number; latency?: number; error?: string; requestId?: string };
}

/** `$context` of one request. */
export interface RequestContext extends CommonContext {
  readonly identity: { readonly sourceIp: string; readonly userAgent?: string; apiKeyId?: string };
  resourcePath?: string;
  resourceId?: string;
  readonly error: ErrorContext;
  readonly responseOverride: { status?: number | string; readonly header: Record<string, string> };
}

interface ErrorContext {
  message?: string;
  messageString?: string;
  responseType?: string;
  validationErrorString?: string;
}

/** What mapping templates may read. The key's value (`identity.apiKey`) is left out on purpose. */
export const REQUEST_PATHS: ReadonlySet<string> = new Set([
  ...['accountId', 'apiId', 'stage', 'domainName', 'requestId', 'extendedRequestId', 'httpMethod', 'path'],
  ...['protocol', 'requestTime', 'requestTimeEpoch', 'resourcePath', 'resourceId'],
  ...['identity.sourceIp', 'identity.userAgent', 'identity.apiKeyId'],
]);

const ERROR_PATHS = ['message', 'messageString', 'responseType', 'validationErrorString'];

/** What gateway responses may read. */
export const GATEWAY_RESPONSE_PATHS: ReadonlySet<string> = new Set([
  ...REQUEST_PATHS,
  ...ERROR_PATHS.map((name) => `error.${name}`),
]);

/** What access logs may name. */
export const ACCESS_LOG_PATHS: ReadonlySet<string> = new Set([
  ...GATEWAY_RESPONSE_PATHS,
  ...['status', 'responseLatency', 'responseLength', 'integrationLatency', 'integrationStatus'],
  ...['integrationErrorMessage', 'integration.status', 'integration.latency', 'integration.error'],
  'integration.requestId',
]);

export function createRequestContext(
  request: GatewayRequest,
  api: { readonly id: string; readonly stage: string; readonly account: string; readonly domain: string },
  now: number,
): RequestContext {
  const userAgent = findHeader(request.headers, 'user-agent');
  return {
    accountId: api.account,
    apiId: api.id,
    stage: api.stage,
    domainName: api.domain,
    // As on AWS the caller can set the one and not the other.
    requestId: findHeader(request.headers, 'x-amzn-requestid') || randomUUID(),
    extendedRequestId: randomBytes(11).toString('base64'),
    httpMethod: request.method,
    path: request.target,
    protocol: request.protocol,
    requestTime: commonLogTime(now),
    requestTimeEpoch: Math.floor(now),
    identity: { sourceIp: request.sourceIp, ...(userAgent === undefined ? {} : { userAgent }) },
    integration: {},
    error: {},
    responseOverride: { header: {} },
  };
}

export function readContext(context: object, path: string): unknown {
  const step = (value: unknown, name: string) =>
    value !== null && typeof value === 'object' && Object.hasOwn(value, name)
      ? value[name as never]
      : undefined;
  return path.split('.').reduce<unknown>(step, context);
}

export function findHeader(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** `21/Nov/2026:06:10:00 +0000` */
export function commonLogTime(now: number): string {
  const [, day, month, year, time] = new Date(now).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
