import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { StandingRow } from '../../events/readiness';
import { type SeenRow, standingRowOf } from './standing-row-of';

/**
 * The rows of a person as they count for the life that began at `generation`, their `created_at`: what an earlier one
 * left says nothing of it, and once it is over itself no account comes. Where nobody said which life it is, every row
 * counts.
 */
export type RowsOf = (userRef: string, generation?: string) => Promise<StandingRow[]>;

/**
 * How a person's links stand. Consistent, as who asks is often told a moment before that something changed, and would
 * be shown the old again. Of the rows only what says so is read: neither who it is nor which account.
 */
export function createRowsOf(client: DynamoDBDocumentClient, tableName: string, now: () => number): RowsOf {
  return async (userRef, generation) => {
    const rows: StandingRow[] = [];
    const seenFrom = generation === undefined ? undefined : { generation };
    const query = {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'userRef = :userRef',
      ExpressionAttributeValues: { ':userRef': userRef },
      ProjectionExpression: '#system, #state, code, lease, updatedAt, generation, ended',
      ExpressionAttributeNames: { '#system': 'system', '#state': 'state' },
    };
    for await (const { Items = [] } of paginateQuery({ client }, query)) {
      // The table may hold items of other kinds; only a link has a state.
      const links = (Items as SeenRow[]).filter(({ state }) => typeof state === 'string');
      rows.push(...links.flatMap((row) => standingRowOf(row, seenFrom, now()) ?? []));
    }
    return rows;
  };
}
