import type { SkipCode } from '../../events/codes';
import { type Outcome, skipped } from '../../events/outcome';
import type { Wish } from './transitions';
import type { UserLink } from './user-link';

/** What a system is to be brought to. */
export type Work = 'present' | 'enabled' | 'disabled' | 'leaving' | 'absent' | 'erased';

/**
 * `work` needs the system, and so a claim; `write` needs the table alone; `give-up` is for a link that has killed too
 * many workers.
 */
export type Decision =
  | {
      readonly do: 'work';
      readonly work: Work;
      /** What else the claim notes. */
      readonly wish?: Wish;
      /** The row that is claimed, where the event says more of the link than the claim does. */
      readonly from?: UserLink;
    }
  | { readonly do: 'write'; readonly link: UserLink; readonly outcome: Outcome }
  | { readonly do: 'give-up' }
  | { readonly do: 'end'; readonly outcome: Outcome };

/** Milliseconds, from the configuration of the system. */
export interface DecisionPolicy {
  /** How long a call whose end nobody saw may still take effect. */
  readonly settleMs: number;
  /** How long a deleted user's account is left alone, because linking two users deletes one of them as well. */
  readonly leaveAfterMs: number;
  /** What becomes of the account of a user who left the system's scope. */
  readonly onLeave: OnLeave;
}

/** `keep` leaves the account as it is, and changes it no more. */
export type OnLeave = 'disable' | 'delete' | 'keep';

export const end = (code: SkipCode): Decision => ({ do: 'end', outcome: skipped(code) });
export const work = (kind: Work): Decision => ({ do: 'work', work: kind });
export const write = (link: UserLink, code: SkipCode): Decision => ({
  do: 'write',
  link,
  outcome: skipped(code),
});
