import { isAccountId } from '../../events/account-id';
import { heldCodeOf, isLeaving } from '../../lambdas/user-links/release';
import type { Choice, UserLink } from '../../lambdas/user-links/user-link';
import { usageError } from '../cli-error';

/** What an operator chose for a link. */
export type Chosen =
  | { readonly kind: 'account' | 'new'; readonly link: UserLink; readonly choice: Choice }
  | { readonly kind: 'keep'; readonly link: UserLink };

interface Asked {
  readonly account?: string | undefined;
  readonly new: boolean;
  readonly keep: boolean;
}

/** Undefined when nothing was chosen. Fails when it does not fit the link. */
export function chosenBy({ account, new: isNew, keep }: Asked, link: UserLink): Chosen | undefined {
  const given = [account !== undefined, isNew, keep].filter(Boolean).length;
  if (given > 1) throw usageError('One of --account, --new and --keep');
  if (given === 0) return undefined;
  if (keep) {
    if (heldCodeOf(link) !== 'merge-pending')
      throw usageError(`--keep is for merge-pending, and this is ${link.code}`);
    return { kind: 'keep', link };
  }
  refuseUnfit(link);
  if (account === undefined) return { kind: 'new', link, choice: 'new' };
  if (!isAccountId(account)) throw usageError('No account has such an id');
  return { kind: 'account', link, choice: { accountId: account, ownership: 'adopted' } };
}

function refuseUnfit(link: UserLink): void {
  const hint = 'Nothing was changed; link release says what it would do';
  if (isLeaving(link)) throw usageError('The user is gone, and gets no account', hint);
  if (link.accountId !== undefined)
    throw usageError('The user has an account there, which stays theirs', hint);
}
