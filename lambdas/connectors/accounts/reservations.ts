import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { itemOf } from '../../../events/instance-name';
import { RetryableError } from '../connector';

/**
 * Who took over which account of a system. Two users may be looked up at once and find the same account, which carries
 * no externalId yet: only who reserves it first may go on. Throws a {@link RetryableError} when it cannot be known.
 */
export interface Reservations {
  /** Undefined when the account is the user's now, else the userRef of who has it. `former` may have had it. */
  take(accountId: string, userRef: string, former?: string): Promise<string | undefined>;
  /** True when the user took the account over at some time, and still has it. */
  holds(accountId: string, userRef: string): Promise<boolean>;
  /** The account is gone, or was not taken over after all. */
  giveBack(accountId: string, userRef: string): Promise<void>;
}

/** Long enough that nobody who reads a row misses it, short enough that rows of accounts that are gone go too. */
const FORGOTTEN_AFTER_SECONDS = 86_400;

/** @param reservedIn the instance of the system that the accounts are in; left out for those from before there were any */
export function createReservations(
  client: Pick<DynamoDBDocumentClient, 'send'>,
  tableName: string,
  system: string,
  now: () => number,
  reservedIn?: string,
): Reservations {
  /** The userRef that the item has now; undefined when it is not as the condition wants it. */
  const update = async (accountId: string, change: Change): Promise<string | undefined> => {
    const of = {
      TableName: tableName,
      Key: reservationKey(system, accountId, reservedIn),
      ReturnValues: 'ALL_NEW',
    } as const;
    const { Attributes } = await client.send(new UpdateCommand({ ...of, ...change })).catch(unlessRefused);
    return Attributes?.userRef as string | undefined;
  };
  return {
    async take(accountId, userRef, former = userRef) {
      const holder = await update(accountId, {
        UpdateExpression: 'SET userRef = if_not_exists(userRef, :userRef) REMOVE expiresAt',
        ExpressionAttributeValues: { ':userRef': userRef },
      });
      if (holder === userRef) return undefined;
      if (holder === undefined) throw new RetryableError('store-unavailable');
      if (holder !== former) return holder;
      const handedOver = await update(accountId, {
        UpdateExpression: 'SET userRef = :userRef',
        ConditionExpression: 'userRef = :former',
        ExpressionAttributeValues: { ':userRef': userRef, ':former': former },
      });
      return handedOver === userRef ? undefined : former;
    },
    // A write that changes nothing, because it needs no other right than the rest does.
    async holds(accountId, userRef) {
      const holder = await update(accountId, {
        UpdateExpression: 'SET userRef = :userRef',
        ConditionExpression: 'userRef = :userRef',
        ExpressionAttributeValues: { ':userRef': userRef },
      });
      return holder === userRef;
    },
    async giveBack(accountId, userRef) {
      const expiresAt = Math.ceil(now() / 1000) + FORGOTTEN_AFTER_SECONDS;
      await update(accountId, {
        UpdateExpression: 'SET expiresAt = :expiresAt REMOVE userRef',
        ConditionExpression: 'userRef = :userRef',
        ExpressionAttributeValues: { ':userRef': userRef, ':expiresAt': expiresAt },
      });
    },
  };
}

type Change = Pick<
  UpdateCommandInput,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeValues'
>;

// Ids of accounts may be addresses or names of people.
export function reservationKey(system: string, accountId: string, reservedIn?: string) {
  const name = createHash('sha256').update(accountId).digest('base64url');
  return { system, item: `${itemOf('account', reservedIn)}#${name}` };
}

function unlessRefused(error: unknown): { readonly Attributes?: Record<string, unknown> } {
  if (error instanceof ConditionalCheckFailedException) return {};
  throw new RetryableError('store-unavailable');
}
