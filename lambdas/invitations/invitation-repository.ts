import { isDeepStrictEqual } from 'node:util';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Invitation } from '../../events/invitations/invitation';
import { INVITATION_INDEXES } from '../../events/invitations/invitation-indexes';
import { isWritten } from '../system-items/conditional-write';

/** Where a query goes on. */
export type RowKey = Readonly<Record<string, unknown>>;

export interface InvitationPage {
  readonly rows: readonly Invitation[];
  readonly after?: RowKey;
}

export interface PageOf {
  /** Key of the index. */
  readonly key: string;
  readonly limit: number;
  readonly after?: RowKey | undefined;
}

/** The table of invitations. Each write is one conditional write of one row. */
export interface Invitations {
  /** As it was last written, by whomever. */
  get(id: string): Promise<Invitation | undefined>;
  /** Writes the first row of an id. False when there is one. */
  insert(row: Invitation): Promise<boolean>;
  /** Writes `row` if nobody wrote it since `previous` was read. False when somebody did. */
  replace(row: Invitation, previous: Invitation): Promise<boolean>;
  /** Counts a wrong token, the first one of a time anew. Changes nothing else, and stands in no other write's way. */
  miss(id: string, at: { readonly now: number; readonly windowMs: number }): Promise<void>;
  /** Those to one address. A moment behind. */
  ofEmail(page: PageOf): Promise<InvitationPage>;
  /** Those that one person redeemed. A moment behind. */
  ofUser(page: PageOf): Promise<InvitationPage>;
  /** Those of one part of a list, the newest first. A moment behind. */
  listed(page: PageOf): Promise<InvitationPage>;
  /** Those whose time has come at `now` (epoch ms), the oldest first. A moment behind. */
  due(page: Omit<PageOf, 'after'> & { readonly now: number }): Promise<readonly Invitation[]>;
}

type Client = Pick<DynamoDBDocumentClient, 'send'>;

export function createInvitationRepository(client: Client, TableName: string): Invitations {
  const page = (index: keyof typeof INVITATION_INDEXES) => async (asked: PageOf) => {
    const answer = await client.send(queryOf(TableName, INVITATION_INDEXES[index], asked));
    const { Items: rows = [], LastEvaluatedKey: after } = answer;
    return { rows: rows as Invitation[], ...(after && { after }) };
  };
  return {
    async get(id) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: { id }, ConsistentRead: true }));
      return Item as Invitation | undefined;
    },
    insert: (row) => put(client, TableName, row, { ConditionExpression: 'attribute_not_exists(id)' }),
    replace: (row, { revision }) =>
      put(
        client,
        TableName,
        { ...row, revision: revision + 1 },
        {
          ConditionExpression: 'revision = :revision',
          ExpressionAttributeValues: { ':revision': revision },
        },
      ),
    async miss(id, { now, windowMs }) {
      const counting = missOf(TableName, id);
      const values = { ':one': 1, ':from': now - windowMs };
      const goesOn = await isWritten(client.send(counting('ADD misses :one', 'missesSince > :from', values)));
      if (goesOn) return;
      const first = 'SET misses = :one, missesSince = :now';
      const isOver = 'attribute_exists(id) AND (attribute_not_exists(missesSince) OR missesSince <= :from)';
      await isWritten(client.send(counting(first, isOver, { ...values, ':now': now })));
    },
    ofEmail: page('email'),
    ofUser: page('redeemedBy'),
    listed: page('listed'),
    async due({ key, limit, now }) {
      const query = new QueryCommand({
        ...{ TableName, IndexName: INVITATION_INDEXES.due, Limit: limit },
        KeyConditionExpression: 'due = :key AND dueAt <= :now',
        ExpressionAttributeValues: { ':key': key, ':now': now },
      });
      return ((await client.send(query)).Items ?? []) as Invitation[];
    },
  };
}

/** The name of an index is that of its key. */
const queryOf = (TableName: string, index: string, { key, limit, after }: PageOf) =>
  new QueryCommand({
    ...{ TableName, IndexName: index, Limit: limit, ScanIndexForward: false },
    KeyConditionExpression: '#key = :key',
    ExpressionAttributeNames: { '#key': index },
    ExpressionAttributeValues: { ':key': key },
    ...(after && { ExclusiveStartKey: after }),
  });

const missOf =
  (TableName: string, id: string) =>
  (
    UpdateExpression: string,
    ConditionExpression: string,
    ExpressionAttributeValues: Record<string, number>,
  ) =>
    new UpdateCommand({
      ...{ TableName, Key: { id } },
      ...{ UpdateExpression, ConditionExpression, ExpressionAttributeValues },
    });

interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

async function put(
  client: Client,
  TableName: string,
  Item: Invitation,
  condition: Condition,
): Promise<boolean> {
  const write = { TableName, Item, ...condition, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
  try {
    await client.send(new PutCommand(write));
    return true;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    // The SDK repeats a write whose answer was lost, and the repetition meets what the first one wrote.
    return error.Item !== undefined && isDeepStrictEqual(unmarshall(error.Item), { ...Item });
  }
}
