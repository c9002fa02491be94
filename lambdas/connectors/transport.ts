import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { HttpClient } from '../runtime/http';

/**
 * What carries the calls of a connector. Whoever explains puts one in its place that lets look-ups through and keeps
 * what changes something: a connector reaches its system by nothing else.
 */
export interface Transport {
  readonly http: HttpClient;
  readonly dynamoDb: Pick<DynamoDBDocumentClient, 'send'>;
}
