import { describeCode } from '../../../events/codes';
import type { Explanation } from '../../../events/explanation';
import type { UserLink } from '../../user-links/user-link';

/** Why the link is where it is; undefined where the state says all. */
export function lastFailureOf(link: UserLink | undefined): Explanation['lastFailure'] {
  if (link?.code === undefined) return undefined;
  const { state, code, attempts, updatedAt } = link;
  return { state, code, words: describeCode(code) ?? 'A code of another version.', attempts, at: updatedAt };
}
