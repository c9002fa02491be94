import { commonLogTime } from '../../request-context';
import { type ApiPlace, newRequestId } from '../http/http-context';

export type EventType = 'CONNECT' | 'MESSAGE' | 'DISCONNECT';

/** `$context` of one event of a connection; grows while it is handled. */
export interface SocketContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly stage: string;
  readonly domainName: string;
  readonly requestId: string;
  readonly extendedRequestId: string;
  readonly connectionId: string;
  readonly connectedAt: number;
  readonly eventType: EventType;
  readonly messageDirection: 'IN';
  readonly messageId?: string;
  readonly disconnectStatusCode?: number;
  readonly disconnectReason?: string;
  readonly requestTime: string;
  /** Milliseconds since 1970, of the virtual clock. */
  readonly requestTimeEpoch: number;
  readonly identity: { readonly sourceIp: string; readonly userAgent: string };
  routeKey: string;
  status?: number;
  integrationLatency?: number;
  integrationStatus?: number;
  integrationErrorMessage?: string;
  readonly integration: { status?: number; latency?: number; error?: string };
  readonly error: { message?: string; messageString?: string; responseType?: string };
}

/** What access logs of WebSocket APIs may name; what only authorizers know is a dash. */
export const SOCKET_LOG_PATHS: ReadonlySet<string> = new Set([
  ...[
    'accountId',
    'apiId',
    'stage',
    'domainName',
    'requestId',
    'extendedRequestId',
    'connectionId',
    'connectedAt',
  ],
  ...['eventType', 'messageDirection', 'messageId', 'disconnectStatusCode', 'disconnectReason'],
  ...['requestTime', 'requestTimeEpoch', 'routeKey', 'status'],
  ...['identity.sourceIp', 'identity.userAgent', 'identity.caller', 'identity.user'],
  ...['integrationLatency', 'integrationStatus', 'integrationErrorMessage'],
  ...['integration.status', 'integration.latency', 'integration.error', 'integration.requestId'],
  ...['error.message', 'error.messageString', 'error.responseType', 'error.validationErrorString'],
]);

/** What is the same in all events of a connection. */
export interface ConnectionFacts {
  readonly place: ApiPlace;
  readonly connectionId: string;
  readonly connectedAt: number;
  readonly identity: SocketContext['identity'];
}

export function createSocketContext(
  { place, ...facts }: ConnectionFacts,
  eventType: EventType,
  routeKey: string,
  now: number,
  more: Pick<SocketContext, 'disconnectReason' | 'disconnectStatusCode'> = {},
): SocketContext {
  const requestId = newRequestId();
  return {
    ...{ ...place, ...facts, ...more, eventType, routeKey, requestId, messageDirection: 'IN' },
    ...(eventType === 'MESSAGE' && { messageId: newRequestId() }),
    extendedRequestId: requestId,
    requestTime: commonLogTime(now),
    requestTimeEpoch: Math.floor(now),
    integration: {},
    error: {},
  };
}
