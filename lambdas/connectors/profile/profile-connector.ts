import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { errorName } from '../../runtime/logger';
import {
  type AccountRequest,
  type Connector,
  type Created,
  type Found,
  RejectedError,
  RetryableError,
} from '../connector';
import { type ProfileMapping, type ProfileRow, toProfileRow } from './profile-mapping';

/** A microservice's own table of profiles, one row per user. The account id is the row's key, the `user_id`. */
export function createProfileConnector(
  client: Pick<DynamoDBDocumentClient, 'send'>,
  tableName: string,
  mapping: ProfileMapping,
): Connector {
  return {
    find: (request) => find(client, tableName, request).catch(explain),
    create: (request) => create(client, tableName, toProfileRow(request, mapping)).catch(explain),
  };
}

async function find(
  client: Pick<DynamoDBDocumentClient, 'send'>,
  tableName: string,
  { externalId, user }: AccountRequest,
): Promise<Found> {
  const key = { TableName: tableName, Key: { user_id: user.user_id }, ConsistentRead: true };
  const row = (await client.send(new GetCommand(key))).Item as ProfileRow | undefined;
  // A row without our externalId was made by somebody else: it blocks the key and is not ours.
  return row?.externalId === externalId ? { kind: 'one', accountId: row.user_id } : { kind: 'none' };
}

async function create(
  client: Pick<DynamoDBDocumentClient, 'send'>,
  tableName: string,
  row: ProfileRow,
): Promise<Created> {
  try {
    const condition = 'attribute_not_exists(user_id)';
    await client.send(new PutCommand({ TableName: tableName, Item: row, ConditionExpression: condition }));
    return { kind: 'created', accountId: row.user_id };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return { kind: 'exists' };
    throw error;
  }
}

// What DynamoDB finds invalid it will find invalid again; anything else may pass.
function explain(error: unknown): never {
  const name = errorName(error);
  if (name === 'ValidationException') throw new RejectedError('remote-rejected', name);
  if (name === 'AccessDeniedException') throw new RetryableError('remote-unauthorized');
  if (name === 'ResourceNotFoundException') throw new RetryableError('remote-misconfigured');
  throw new RetryableError('remote-unavailable');
}
