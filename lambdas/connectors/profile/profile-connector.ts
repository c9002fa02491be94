import { isDeepStrictEqual } from 'node:util';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { errorName } from '../../runtime/logger';
import { isWritten } from '../../system-items/conditional-write';
import {
  type Account,
  type AccountRequest,
  type Connector,
  type Created,
  type Found,
  RejectedError,
  RetryableError,
  type Switched,
} from '../connector';
import type { Change } from '../intent/changes-of';
import { type ProfileRow, profileChanges, toProfileRow } from './profile-mapping';

interface Profiles {
  readonly client: Pick<DynamoDBDocumentClient, 'send'>;
  readonly tableName: string;
}

/**
 * A microservice's own table of profiles, one row per user. The account id is the row's key, the `user_id`. Of a user
 * who is blocked the row says `active: false`; on any other row the attribute is missing or true.
 */
export function createProfileConnector(
  client: Pick<DynamoDBDocumentClient, 'send'>,
  tableName: string,
  defaults: Readonly<Record<string, unknown>>,
): Connector {
  const profiles = { client, tableName };
  const find = (request: AccountRequest) => read(profiles, request.userId, request).catch(explain);
  return {
    // A row without our externalId was made by somebody else: it blocks the key and is not ours.
    find: async (request) => onlyOurs(await find(request)),
    read: (accountId, request) => read(profiles, accountId, request).catch(explain),
    // The key is all that a row can be asked for, and a user's row has no other key than theirs.
    match: ({ value }, request) => read(profiles, value, request).catch(explain),
    create: (request) => create(profiles, toProfileRow(request, defaults)).catch(explain),
    change: (account, request) =>
      write(profiles, account, profileChanges(rowOf(account), request)).catch(explain),
    setActive: (account, active) => write(profiles, account, activation(account, active)).catch(explain),
    remove: (account) => remove(profiles, account).catch(explain),
  };
}

const rowOf = ({ snapshot }: Account) => snapshot as ProfileRow;
const onlyOurs = (found: Found): Found =>
  found.kind === 'one' && found.account.carries !== 'ours' ? { kind: 'none' } : found;

async function read(
  { client, tableName }: Profiles,
  userId: string,
  { externalId }: AccountRequest,
): Promise<Found> {
  const key = { TableName: tableName, Key: { user_id: userId }, ConsistentRead: true };
  const row = (await client.send(new GetCommand(key))).Item as ProfileRow | undefined;
  if (row === undefined) return { kind: 'none' };
  return {
    kind: 'one',
    account: { accountId: row.user_id, carries: carriedBy(row, externalId), snapshot: row },
  };
}

function carriedBy({ externalId }: ProfileRow, ours: string): Account['carries'] {
  if (externalId === ours) return 'ours';
  return externalId === undefined ? 'none' : 'another';
}

async function create({ client, tableName }: Profiles, row: ProfileRow): Promise<Created> {
  const put = new PutCommand({
    TableName: tableName,
    Item: row,
    ConditionExpression: 'attribute_not_exists(user_id)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  try {
    await client.send(put);
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    // The SDK sends again what got no answer, and then meets the row that it made itself.
    if (error.Item === undefined || !isDeepStrictEqual(unmarshall(error.Item), { ...row }))
      return { kind: 'exists' };
  }
  return { kind: 'created', accountId: row.user_id };
}

function activation(account: Account, active: boolean): Change[] {
  return (rowOf(account).active !== false) === active ? [] : [{ to: 'active', value: active }];
}

/** Writes what differs and leaves the service's own attributes alone. */
async function write(
  { client, tableName }: Profiles,
  account: Account,
  changes: readonly Change[],
): Promise<Switched> {
  if (changes.length === 0) return 'unchanged';
  const { externalId } = rowOf(account);
  const update = new UpdateCommand({
    ...keyOf(tableName, account),
    UpdateExpression: expressionOf(changes),
    // A row that somebody deleted meanwhile must not come back as a rest of one.
    ConditionExpression:
      externalId === undefined
        ? 'attribute_exists(user_id) AND attribute_not_exists(externalId)'
        : 'externalId = :externalId',
    ExpressionAttributeNames: Object.fromEntries(changes.map(({ to }, index) => [`#${index}`, to])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(
        changes.flatMap(({ value }, index) => (value === undefined ? [] : [[`:${index}`, value]])),
      ),
      ...(externalId === undefined ? {} : { ':externalId': externalId }),
    },
  });
  return (await isWritten(client.send(update))) ? 'changed' : 'gone';
}

function expressionOf(changes: readonly Change[]): string {
  const indexed = changes.map(({ value }, index) => ({ index, isSet: value !== undefined }));
  const set = indexed.filter(({ isSet }) => isSet).map(({ index }) => `#${index} = :${index}`);
  const removed = indexed.filter(({ isSet }) => !isSet).map(({ index }) => `#${index}`);
  return [
    ...(set.length > 0 ? [`SET ${set.join(', ')}`] : []),
    ...(removed.length > 0 ? [`REMOVE ${removed.join(', ')}`] : []),
  ].join(' ');
}

async function remove({ client, tableName }: Profiles, account: Account): Promise<'removed' | 'gone'> {
  const command = new DeleteCommand({
    ...keyOf(tableName, account),
    ConditionExpression: 'externalId = :externalId',
    ExpressionAttributeValues: { ':externalId': rowOf(account).externalId },
  });
  return (await isWritten(client.send(command))) ? 'removed' : 'gone';
}

const keyOf = (TableName: string, { accountId }: Account) => ({ TableName, Key: { user_id: accountId } });

// What DynamoDB finds invalid it will find invalid again; anything else may pass.
function explain(error: unknown): never {
  const name = errorName(error);
  if (name === 'ValidationException') throw new RejectedError('remote-rejected', name);
  if (name === 'AccessDeniedException') throw new RetryableError('remote-unauthorized');
  if (name === 'ResourceNotFoundException') throw new RetryableError('remote-misconfigured');
  if (name === 'TimeoutError') throw new RetryableError('remote-timeout');
  // What was throttled, too: the SDK tried more than once, and one of its tries may have taken effect.
  throw new RetryableError('remote-unavailable');
}
