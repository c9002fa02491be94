import { type DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { DUE_INDEX } from '../../events/due-links';
import { isWritten } from '../system-items/conditional-write';

/** What the sweeper needs to know of a link whose time has come. */
export interface DueLink {
  readonly userRef: string;
  readonly system: string;
  readonly user_id: string;
  /** Epoch ms. */
  readonly remindAt: number;
}

export interface DueLinks {
  /** Links under `key` of the index whose time has come at `now` (epoch ms), the oldest first, `most` at most. */
  under(key: string, now: number, most: number): Promise<readonly DueLink[]>;
  /** Asks not to be reminded of `link` again before `until` (epoch ms). */
  postpone(link: DueLink, until: number): Promise<void>;
}

export function createDueLinks(client: Pick<DynamoDBDocumentClient, 'send'>, tableName: string): DueLinks {
  return {
    under: async (key, now, most) => {
      const query = {
        TableName: tableName,
        IndexName: DUE_INDEX,
        KeyConditionExpression: 'due = :key AND remindAt <= :now',
        ProjectionExpression: 'userRef, #system, user_id, remindAt',
        ExpressionAttributeNames: { '#system': 'system' },
        ExpressionAttributeValues: { ':key': key, ':now': now },
        Limit: most,
      };
      return ((await client.send(new QueryCommand(query))).Items ?? []) as DueLink[];
    },
    postpone: async ({ userRef, system, remindAt }, until) => {
      const update = new UpdateCommand({
        TableName: tableName,
        Key: { userRef, system },
        UpdateExpression: 'SET remindAt = :until',
        // A worker may have settled the link meanwhile.
        ConditionExpression: 'remindAt = :seen',
        ExpressionAttributeValues: { ':until': until, ':seen': remindAt },
      });
      await isWritten(client.send(update));
    },
  };
}
