import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { ListedState } from '../../events/provisioning-api/listed-states';
import { UNSETTLED_INDEX, unsettledKeysOf } from '../../events/unsettled-links';
import type { UserLink } from '../user-links/user-link';
import type { ListPlace } from './cursor';

export interface PageAsked {
  readonly system: string;
  readonly state: ListedState;
  readonly limit: number;
  readonly from: ListPlace;
}

export interface Page {
  readonly links: readonly UserLink[];
  /** Absent after the last one. */
  readonly next?: ListPlace;
}

/** What one call may read: a page that finds less than was asked for says where it goes on all the same. */
const MOST_QUERIES = 8;

/** Reads links of one state in the index of those that wait or need somebody, one part of it after the other. */
export function createUnsettledPages(
  client: Pick<DynamoDBDocumentClient, 'send'>,
  TableName: string,
): (asked: PageAsked) => Promise<Page> {
  return async ({ system, state, limit, from }) => {
    const shards = unsettledKeysOf(system);
    const links: UserLink[] = [];
    let place = from;
    for (let query = 0; query < MOST_QUERIES && links.length < limit; query += 1) {
      const shard = shards[place.shard];
      if (shard === undefined) return { links };
      const answer = await client.send(
        queryOf(TableName, { shard, state, place, limit: limit - links.length }),
      );
      links.push(...((answer.Items ?? []) as UserLink[]));
      const after = answer.LastEvaluatedKey;
      place = after === undefined ? { shard: place.shard + 1 } : { shard: place.shard, after };
    }
    return place.shard < shards.length ? { links, next: place } : { links };
  };
}

interface Part {
  readonly shard: string;
  readonly state: ListedState;
  readonly place: ListPlace;
  readonly limit: number;
}

const queryOf = (TableName: string, { shard, state, place, limit }: Part) =>
  new QueryCommand({
    ...{ TableName, IndexName: UNSETTLED_INDEX, Limit: limit },
    KeyConditionExpression: 'unsettled = :shard',
    FilterExpression: '#state = :state',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':shard': shard, ':state': state },
    ...(place.after && { ExclusiveStartKey: place.after }),
  });
