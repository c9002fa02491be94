import { type DynamoDBDocumentClient, paginateQuery, paginateScan } from '@aws-sdk/lib-dynamodb';
import { UNSETTLED_INDEX, unsettledKeysOf } from '../../events/unsettled-links';
import type { AwsContext } from './client';
import { createDocumentClient } from './document-client';
import { explainAwsError } from './explain-aws-error';
import type { LinkRow, LinkTable } from './link-table';

type Pages = AsyncIterable<{ readonly Items?: Record<string, unknown>[] | undefined }>;

export function createLinkTable(context: AwsContext): LinkTable {
  const client = createDocumentClient(context);
  return {
    ofUser: (table, userRef) =>
      collect(
        rows(
          'dynamodb:Query',
          paginateQuery(
            { client },
            {
              TableName: table,
              KeyConditionExpression: 'userRef = :userRef',
              ExpressionAttributeValues: { ':userRef': userRef },
              ConsistentRead: true,
            },
          ),
        ),
      ),
    unsettled: (table, system) => merged(unsettledKeysOf(system).map((key) => shardOf(client, table, key))),
    scan: (table, state, system) =>
      rows('dynamodb:Scan', paginateScan({ client }, inState(table, state, system))),
  };
}

function inState(TableName: string, state: string, system: string | undefined) {
  const wanted = { state, ...(system === undefined ? {} : { system }) };
  const names = Object.keys(wanted);
  return {
    TableName,
    FilterExpression: names.map((name) => `#${name} = :${name}`).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(
      Object.entries(wanted).map(([name, value]) => [`:${name}`, value]),
    ),
  };
}

function shardOf(client: DynamoDBDocumentClient, table: string, shard: string): AsyncIterable<LinkRow> {
  return rows(
    'dynamodb:Query',
    paginateQuery(
      { client },
      {
        TableName: table,
        IndexName: UNSETTLED_INDEX,
        KeyConditionExpression: '#unsettled = :shard',
        ExpressionAttributeNames: { '#unsettled': 'unsettled' },
        ExpressionAttributeValues: { ':shard': shard },
      },
    ),
  );
}

async function* rows(action: string, pages: Pages): AsyncGenerator<LinkRow> {
  try {
    for await (const { Items = [] } of pages) yield* Items as unknown as LinkRow[];
  } catch (error) {
    throw explainAwsError(error, action);
  }
}

async function collect(source: AsyncIterable<LinkRow>): Promise<LinkRow[]> {
  const found: LinkRow[] = [];
  for await (const row of source) found.push(row);
  return found;
}

/** Rows of all shards, the one that waits longest first; each shard is in that order already. */
async function* merged(shards: readonly AsyncIterable<LinkRow>[]): AsyncGenerator<LinkRow> {
  const readers = shards.map((shard) => shard[Symbol.asyncIterator]());
  const heads = await Promise.all(readers.map((reader) => reader.next()));
  for (;;) {
    const oldest = heads.reduce<number | undefined>((best, head, index) => {
      if (head.done) return best;
      const isOlder = best === undefined || updatedAt(head.value) < updatedAt(heads[best]?.value);
      return isOlder ? index : best;
    }, undefined);
    if (oldest === undefined) return;
    yield heads[oldest]?.value as LinkRow;
    heads[oldest] = await (readers[oldest] as AsyncIterator<LinkRow>).next();
  }
}

function updatedAt(row: LinkRow | undefined): string {
  return row?.updatedAt ?? '';
}
