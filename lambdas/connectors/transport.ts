import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { HttpClient } from '../runtime/http';

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
