import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { UserLink } from '../user-links/user-link';

/** Every link of a user as it was last written. A hundred rows below 1 KB are one page. */
export function createLinksOf(
  client: Pick<DynamoDBDocumentClient, 'send'>,
  TableName: string,
): (userRef: string) => Promise<readonly UserLink[]> {
  return async (userRef) => {
    const query = new QueryCommand({
      TableName,
      KeyConditionExpression: 'userRef = :userRef',
      ExpressionAttributeValues: { ':userRef': userRef },
      ConsistentRead: true,
    });
    return ((await client.send(query)).Items ?? []) as UserLink[];
  };
}
