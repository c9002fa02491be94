import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isWritten } from './conditional-write';

/** A value with the number of its writing. */
export interface Shared<T> {
  readonly value: T;
  readonly revision: number;
}

/** Something that all workers of a system know and change together. */
export interface SharedItem<T> {
  read(): Promise<Shared<T> | undefined>;
  /** False when somebody else wrote since `previous` was read. */
  write(value: T, previous: Shared<T> | undefined): Promise<boolean>;
}

/** An item of the system table. */
export function createSharedItem<T>(
  client: Pick<DynamoDBDocumentClient, 'send'>,
  TableName: string,
  Key: { readonly system: string; readonly item: string },
): SharedItem<T> {
  return {
    async read() {
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item === undefined ? undefined : { value: Item.value as T, revision: Item.revision as number };
    },
    async write(value, previous) {
      const condition = previous === undefined ? 'attribute_not_exists(#revision)' : '#revision = :previous';
      const update = new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: 'SET #value = :value, #revision = :revision',
        ConditionExpression: condition,
        ExpressionAttributeNames: { '#value': 'value', '#revision': 'revision' },
        ExpressionAttributeValues: {
          ':value': value,
          ':revision': (previous?.revision ?? 0) + 1,
          ...(previous === undefined ? {} : { ':previous': previous.revision }),
        },
      });
      return isWritten(client.send(update));
    },
  };
}
