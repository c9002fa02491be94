import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type AwsContext, withClock } from './client';

export function createDocumentClient({ config, clock }: AwsContext): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(withClock(new DynamoDBClient(config), clock));
}
