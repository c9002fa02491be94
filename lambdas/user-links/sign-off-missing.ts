import { unsettledKeyOf } from '../../events/unsettled-links';
import { compact, isoOf, noReminder } from './transitions';
import type { UserLink } from './user-link';
import { verdictOf } from './verdict';

/** The row of a system that did not say in time that it made the account. A later word, or event, still helps. */
export function signOffMissing(link: UserLink, now: number): UserLink {
  const row = { ...link, state: 'failed', code: 'sign-off-missing' } as const;
  return compact({
    ...row,
    ...noReminder,
    dueAt: undefined,
    verdict: verdictOf(row),
    unsettled: unsettledKeyOf(row),
    revision: link.revision + 1,
    updatedAt: isoOf(now),
  });
}
