import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Environment } from '../runtime/environment';
import type { HttpClient } from '../runtime/http';
import type { Secrets } from '../runtime/secrets';
import type { KindExplained } from './explain/kind-explained';
import type { PutEvent } from './transport';

/** What every connector's function shares, whatever the kind of its system. */
export interface ConnectorSurroundings {
  readonly environment: Environment;
  readonly dynamoDb: DynamoDBDocumentClient;
  readonly http: HttpClient;
  /** The same of each instance of a system that has several. */
  readonly httpOf?: (instance: string) => HttpClient;
  /** Absent where the system is behind no bus. */
  readonly putEvent?: PutEvent;
  readonly secrets: Secrets;
  readonly explained: KindExplained;
}
