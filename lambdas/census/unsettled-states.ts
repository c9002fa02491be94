import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { LinkState } from '../../events/link-state';
import { UNSETTLED_INDEX } from '../../events/unsettled-links';

export interface UnsettledStates {
  readonly states: readonly LinkState[];
  /** False when there were more than one look may cost. */
  readonly complete: boolean;
}

/** Ten megabytes of rows. Whoever has more than 40,000 links of a system unsettled needs no exact number. */
export const MAX_PAGES = 10;

type Client = Pick<DynamoDBDocumentClient, 'send'>;
type Key = Record<string, unknown> | undefined;

/** Reads the states under a key of the index, each row once: a COUNT by state would read all of them per state. */
export function createUnsettledStates(
  client: Client,
  tableName: string,
): (key: string) => Promise<UnsettledStates> {
  return async (key) => {
    const states: LinkState[] = [];
    let start: Key;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const answer = await client.send(new QueryCommand(query(tableName, key, start)));
      states.push(...(answer.Items ?? []).map((row) => row.state as LinkState));
      start = answer.LastEvaluatedKey;
      if (start === undefined) return { states, complete: true };
    }
    return { states, complete: false };
  };
}

const query = (TableName: string, key: string, start: Key) => ({
  TableName,
  IndexName: UNSETTLED_INDEX,
  KeyConditionExpression: 'unsettled = :key',
  ProjectionExpression: '#state',
  ExpressionAttributeNames: { '#state': 'state' },
  ExpressionAttributeValues: { ':key': key },
  ...(start === undefined ? {} : { ExclusiveStartKey: start }),
});
