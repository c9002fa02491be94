import { isDeepStrictEqual } from 'node:util';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { UserLink } from './user-link';

/**
 * The user-link table as a worker needs it. Each write is one conditional put of one item: a transaction would
 * cost double and protect nothing more, since a link is a single item.
 */
export interface UserLinks {
  /** The link as it was last written; strongly consistent, because a stale "absent" would make a second account. */
  get(userRef: string, system: string): Promise<UserLink | undefined>;
  /** Writes `link` if nobody wrote it since `previous` was read. False when somebody did. */
  claim(link: UserLink, previous: UserLink | undefined): Promise<boolean>;
  /** Writes `link` if the lease with `leaseToken` is still ours. False when it is not. */
  close(link: UserLink, leaseToken: string): Promise<boolean>;
}

export function createUserLinkRepository(client: DynamoDBDocumentClient, tableName: string): UserLinks {
  const put = (link: UserLink, condition: Condition) =>
    succeeds(
      link,
      client.send(
        new PutCommand({
          TableName: tableName,
          Item: link,
          ...condition,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    );
  return {
    async get(userRef, system) {
      const key = { TableName: tableName, Key: { userRef, system }, ConsistentRead: true };
      return (await client.send(new GetCommand(key))).Item as UserLink | undefined;
    },
    claim: (link, previous) => put(link, previous === undefined ? absent : unchangedSince(previous)),
    close: (link, leaseToken) => put(link, leasedWith(leaseToken)),
  };
}

interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

const absent: Condition = { ConditionExpression: 'attribute_not_exists(userRef)' };

const unchangedSince = (previous: UserLink): Condition => ({
  ConditionExpression: 'revision = :revision',
  ExpressionAttributeValues: { ':revision': previous.revision },
});

const leasedWith = (token: string): Condition => ({
  ConditionExpression: '#lease.#token = :token',
  ExpressionAttributeNames: { '#lease': 'lease', '#token': 'token' },
  ExpressionAttributeValues: { ':token': token },
});

async function succeeds(link: UserLink, write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return error.Item !== undefined && isSameWrite(link, unmarshall(error.Item) as UserLink);
  }
}

// The SDK repeats a write whose answer was lost, and the repetition meets what the first one wrote.
// A revision alone does not tell: somebody else's next write has the same one.
function isSameWrite(link: UserLink, stored: UserLink): boolean {
  return isDeepStrictEqual(stored, link);
}
