import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { StandingRow } from '../../events/readiness';

type Row = Omit<StandingRow, 'ageMs'> & { readonly updatedAt?: string };

/**
 * How a person's links stand. Consistent, as who asks is often told a moment before that something changed, and would
 * be shown the old again. Of the rows only what says so is read: neither who it is nor which account.
 */
export function createRowsOf(
  client: DynamoDBDocumentClient,
  tableName: string,
  now: () => number,
): (userRef: string) => Promise<StandingRow[]> {
  const aged = ({ updatedAt, ...row }: Row): StandingRow => {
    const ageMs = now() - Date.parse(updatedAt ?? '');
    return Number.isNaN(ageMs) ? row : { ...row, ageMs };
  };
  return async (userRef) => {
    const rows: StandingRow[] = [];
    const query = {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'userRef = :userRef',
      ExpressionAttributeValues: { ':userRef': userRef },
      ProjectionExpression: '#system, #state, code, updatedAt',
      ExpressionAttributeNames: { '#system': 'system', '#state': 'state' },
    };
    for await (const { Items = [] } of paginateQuery({ client }, query)) {
      // The table may hold items of other kinds; only a link has a state.
      rows.push(...(Items as Row[]).filter(({ state }) => typeof state === 'string').map(aged));
    }
    return rows;
  };
}
