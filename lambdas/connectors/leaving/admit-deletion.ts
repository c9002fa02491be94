import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isWritten } from '../../system-items/conditional-write';

export interface DeletionThreshold {
  readonly system: string;
  /** Accounts that may go within one window. */
  readonly accounts: number;
  readonly windowMs: number;
}

/**
 * Counts an account that is about to go; false once as many went as the threshold allows. Windows follow one another
 * and do not slide, so that at worst twice as many go within one window's length.
 */
export function createAdmitDeletion(
  client: Pick<DynamoDBDocumentClient, 'send'>,
  tableName: string,
  { system, accounts, windowMs }: DeletionThreshold,
  now: () => number,
): () => Promise<boolean> {
  return async () => {
    const window = Math.floor(now() / windowMs);
    const update = new UpdateCommand({
      TableName: tableName,
      Key: { system, item: `deletions#${window}` },
      UpdateExpression: 'ADD #count :one SET expiresAt = :expiresAt',
      ConditionExpression: 'attribute_not_exists(#count) OR #count < :accounts',
      ExpressionAttributeNames: { '#count': 'count' },
      ExpressionAttributeValues: {
        ':one': 1,
        ':accounts': accounts,
        ':expiresAt': Math.ceil(((window + 2) * windowMs) / 1000),
      },
    });
    return isWritten(client.send(update));
  };
}
