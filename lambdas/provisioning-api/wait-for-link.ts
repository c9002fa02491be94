import { type LookDeps, lookUntil } from '../runtime/look-until';
import type { UserLink } from '../user-links/user-link';
import { progressOf } from './progress-of';

/** Looks at the link as it is, of the life that the call is about. */
export type WaitDeps = LookDeps<UserLink | undefined>;

/**
 * Looks at a link until somebody settled it, or until `until` (epoch ms), and gives it as it is then.
 *
 * @param before as it was when the account was asked for: that it says so still is no answer to it
 */
export const waitForLink = (
  deps: WaitDeps,
  before: UserLink | undefined,
  until: number,
): Promise<UserLink | undefined> =>
  lookUntil(
    deps,
    (link) => link !== undefined && link.revision !== before?.revision && progressOf(link) !== 'waiting',
    until,
  );
