import type { FoundToErase, Looked } from '../../user-links/erasure';
import type { UserLink } from '../../user-links/user-link';
import type { AccountRequest } from '../connector';
import { sampleOf } from '../gate/sample-of';
import { tellErasure } from '../hand-over/hand-over';
import type { Site } from '../instances/admit-to';
import type { CommonDeps } from '../provision-deps';
import { eraseAccount } from './erase-account';

/** What a look into one place of a system came to: nothing is left there, or something is in the way. */
export type Look = Looked | Obstacle;

/** Why it is to be looked into once more: somebody has to decide, or what failed. */
export interface Obstacle {
  readonly instance: string | undefined;
  readonly held?: 'conflict' | 'ambiguous';
  readonly error?: unknown;
}

/**
 * Removes the account of an erased user from one place, and looks whether it shows one. Never rejects.
 *
 * @param note writes down what is about to go
 */
export async function lookInto(
  { accountRefOf }: Pick<CommonDeps, 'accountRefOf'>,
  { deps: { connector, reservations, instance }, settle }: Site,
  mine: UserLink,
  request: AccountRequest,
  note: (found: FoundToErase) => Promise<void>,
): Promise<Look> {
  const namesOf = (accountIds: readonly string[]) =>
    Promise.all(accountIds.map((id) => accountRefOf(id, instance)));
  try {
    const result = await ('deliver' in connector
      ? tellErasure(connector, mine, request)
      : eraseAccount(connector, request, {
          ...knownIn(mine, instance),
          note: async (accountId, all) => note({ accountId, instance, names: await namesOf(all) }),
        }));
    await settle(sampleOf(undefined));
    if (result.kind === 'held') return { instance, held: result.code };
    const { accountIds, removed, told } = result;
    // What was taken over is gone, and so is what said whose it was.
    for (const id of accountIds) await reservations.giveBack(id, mine.userRef);
    return { accounts: await namesOf(accountIds), removed, told };
  } catch (error) {
    await settle(sampleOf(error));
    return { instance, error };
  }
}

// What is known of an account in one instance says nothing of another one.
function knownIn(
  { instance: of, accountId, creation }: UserLink,
  instance: string | undefined,
): Pick<UserLink, 'accountId' | 'creation'> {
  if (of !== instance) return {};
  return { ...(accountId !== undefined && { accountId }), ...(creation !== undefined && { creation }) };
}
