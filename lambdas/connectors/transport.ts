import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { HttpClient } from '../runtime/http';
import type { Connector } from './connector';
import type { Handover } from './hand-over/handover';

/** An event for a bus. */
export interface BusEvent {
  /** ARN. */
  readonly bus: string;
  readonly source: string;
  readonly type: string;
  /** ISO 8601. */
  readonly time: string;
  readonly detail: object;
}

/** Resolves once the bus took the event; rejects with the errors of the connectors' port. */
export type PutEvent = (event: BusEvent) => Promise<void>;

/**
 * What carries the calls of a connector. Whoever explains puts one in its place that lets look-ups through and keeps
 * what changes something: a connector reaches its system by nothing else.
 */
export interface Transport {
  readonly http: HttpClient;
  readonly dynamoDb: Pick<DynamoDBDocumentClient, 'send'>;
  readonly putEvent: PutEvent;
}

/** What changes something was not sent, since somebody only wants to know. */
export class NotSentError extends Error {
  override readonly name = 'NotSentError';
}

/** The way into a system, or one of its instances, over a transport, which is all that it may reach it by. */
export type Over = (transport: Transport, instance?: string) => Connector | Handover;

/** What carries the calls to a system, and to each of its instances. */
export interface Reach extends Transport {
  /** As often as the rate of the instance says. */
  readonly httpOf?: (instance: string) => HttpClient;
}

/** What carries the calls to an instance of a system, which is called as often as its own rate says. */
export function transportTo({ httpOf, ...transport }: Reach, instance: string | undefined): Transport {
  const http = instance === undefined ? undefined : httpOf?.(instance);
  return http === undefined ? transport : { ...transport, http };
}
