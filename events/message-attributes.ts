/**
 * Attributes that travel beside the body through SNS and SQS. The API writes at most six; raw delivery discards
 * a message with more than ten, and a worker needs room for one more when it parks.
 */
export const MESSAGE_ATTRIBUTES = {
  type: 'type',
  system: 'system',
  webhook: 'webhook',
  accepted: 'accepted',
  topic: 'topic',
  subject: 'subject',
  parked: 'parked',
} as const;

/** Which door of the API a message came through; `internal` for what we publish ourselves. */
export type Route = 'events' | 'store' | 'internal';

/** Written by the API and by ourselves alone, so it can be trusted: nobody else may publish to the topic. */
export interface Accepted {
  /** Epoch ms. */
  readonly at: number;
  readonly requestId: string;
  readonly route: Route;
}

/** The three webhook headers. */
export interface Webhook {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestampSeconds: number;
  readonly signatures: string;
}

/** Written by a worker when it parks a message. */
export interface Parked {
  readonly code: string;
  readonly words: string;
  /** ISO 8601. */
  readonly time: string;
  readonly attempts: number;
}

/** Reads `<epoch ms> <request id> <route>`; undefined when it has another form. */
export function parseAccepted(text: string | undefined): Accepted | undefined {
  const match = /^(\d{13}) (\S{1,128}) (events|store|internal)$/.exec(text ?? '');
  if (match === null) return undefined;
  const [, at, requestId, route] = match as unknown as [string, string, string, Route];
  return { at: Number(at), requestId, route };
}

/** Reads `<id> <timestamp> <signatures>`; undefined when it has another form. */
export function parseWebhook(text: string | undefined): Webhook | undefined {
  const match = /^(\S{1,256}) (\d{1,12}) (\S.*)$/.exec(text ?? '');
  if (match === null) return undefined;
  const [, id, timestamp, signatures] = match as unknown as [string, string, string, string];
  return { id, timestampSeconds: Number(timestamp), signatures };
}
