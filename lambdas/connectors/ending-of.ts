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

/** True where switching an account off for a block is the first step of its end, because the user left the scope. */
export function goesWhenOff({ onLeaveScope }: Pick<LeavePolicy, 'onLeaveScope'>, link: UserLink): boolean {
  return isOutside(link) && onLeaveScope !== 'keep';
}

/** How an account that is on its way out ends. What an earlier life left behind goes as it would have gone. */
export function endingOf({ ending, onLeaveScope }: LeavePolicy, link: UserLink): LeavePolicy['ending'] {
  return isOutside(link) && onLeaveScope !== 'keep' ? onLeaveScope : ending;
}
