import { ageOf, endedOf, isOutside, type UserLink } from '../../user-links/user-link';
import type { UserLinks } from '../../user-links/user-link-repository';
import { RetryableError } from '../connector';
import type { Accounts } from '../intent/mapping';

export interface AccountsBeforeDeps {
  readonly links: Pick<UserLinks, 'get'>;
  /** Names of the systems that come first. */
  readonly after: readonly string[];
}

/**
 * The accounts that the user of `link` has in the systems that come first. Throws a {@link RetryableError} while one of
 * them has none: the link goes back as it would after a call that failed, so that nobody waits with its lease in hand.
 */
export async function accountsBefore(
  { links, after }: AccountsBeforeDeps,
  link: UserLink,
): Promise<Accounts> {
  const accounts = new Map<string, string>();
  for (const system of after) {
    const first = await links.get(link.userRef, system).catch(() => {
      throw new RetryableError('store-unavailable');
    });
    const accountId = accountOf(first, link);
    if (accountId === undefined) throw new RetryableError('waiting-for-system');
    accounts.set(system, accountId);
  }
  return accounts;
}

// An account of an earlier life is one that goes, and so is that of somebody whom the other system's scope leaves out.
function accountOf(first: UserLink | undefined, link: UserLink): string | undefined {
  if (first === undefined || endedOf(first) !== undefined || isOutside(first)) return undefined;
  return ageOf(first, link) === 'same' ? first.accountId : undefined;
}
