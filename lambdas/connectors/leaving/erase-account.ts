import { unseen } from '../accounts/converge';
import { type Circumstances, lookUp } from '../accounts/locate';
import { unlessUnknown } from '../accounts/unless-unknown';
import { type Account, type AccountRequest, type Connector, RetryableError } from '../connector';

/** What an attempt to erase came to: ids of the accounts that are gone, or why somebody has to decide. */
export type AccountErased =
  | {
      readonly kind: 'erased';
      readonly accountIds: readonly string[];
      readonly removed: boolean;
      /** True of a system that was told, and that nobody can look into. */
      readonly told?: true;
    }
  | { readonly kind: 'held'; readonly code: 'conflict' | 'ambiguous' };

export interface KnownAccount extends Pick<Circumstances, 'accountId' | 'creation'> {
  /**
   * Writes down the account that is about to go: once it is gone nobody could tell that it was there.
   *
   * @param all with the one that was known, which is gone where it is another one
   */
  readonly note: (accountId: string, all: readonly string[]) => Promise<void>;
}

/**
 * Removes the account of the link, whether we made it or took it over, and looks whether the system still shows one,
 * by its id and by our externalId. What carries another externalId than ours is somebody else's, and stays.
 */
export async function eraseAccount(
  connector: Connector,
  request: AccountRequest,
  known: KnownAccount,
): Promise<AccountErased> {
  const located = await locate(connector, request, known);
  if (located === 'conflict' || located === 'ambiguous') return { kind: 'held', code: located };
  const accountIds = [...new Set([known.accountId, located?.accountId].filter((id) => id !== undefined))];
  if (located !== undefined) {
    await known.note(located.accountId, accountIds);
    await unlessUnknown(connector.remove(located));
  }
  // An id that the look-up found nothing under is not asked for twice: the calls are as many as a function has time for.
  await readBack(connector, request, located?.accountId ?? known.accountId);
  return { kind: 'erased', accountIds, removed: located !== undefined };
}

async function locate(
  connector: Connector,
  request: AccountRequest,
  { accountId, creation }: KnownAccount,
): Promise<Account | 'conflict' | 'ambiguous' | undefined> {
  const found = await lookUp(connector, request, accountId);
  if (found.kind === 'many') return 'ambiguous';
  if (found.kind === 'one') return found.account.carries === 'ours' ? found.account : 'conflict';
  // The system made it and does not show it yet: nobody would come back to the account once it does.
  if (creation === 'confirmed') throw unseen();
  return undefined;
}

async function readBack(
  connector: Connector,
  request: AccountRequest,
  accountId: string | undefined,
): Promise<void> {
  const read = accountId === undefined ? undefined : await connector.read(accountId, request);
  if (read !== undefined && read.kind !== 'none') throw new RetryableError('still-there');
  if ((await connector.find(request)).kind !== 'none') throw new RetryableError('still-there');
}
