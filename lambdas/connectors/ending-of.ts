import type { OnLeave } from '../user-links/decision';
import { isOutside, type UserLink } from '../user-links/user-link';

/** What happens to the account of a user who was deleted. Times in milliseconds. */
export interface LeavePolicy {
  /** `disable` leaves the account switched off for good. */
  readonly ending: 'delete' | 'disable';
  readonly afterMs: number;
  /** From switching off to removing. */
  readonly graceMs: number;
  /** The ending where the user only left the system's scope. */
  readonly onLeaveScope: OnLeave;
}

/** How an account that is on its way out ends. What an earlier life left behind goes as it would have gone. */
export function endingOf({ ending, onLeaveScope }: LeavePolicy, link: UserLink): LeavePolicy['ending'] {
  return isOutside(link) && onLeaveScope !== 'keep' ? onLeaveScope : ending;
}
