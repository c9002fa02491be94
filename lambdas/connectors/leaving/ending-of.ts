import type { OnLeave } from '../../user-links/decision';
import { isOutside, type UserLink } from '../../user-links/user-link';

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
export function goesWhenOff(policy: Pick<LeavePolicy, 'onLeaveScope'>, link: UserLink): boolean {
  return endingOutside(policy, link) !== undefined;
}

/** How an account that is on its way out ends. What an earlier life left behind goes as it would have gone. */
export function endingOf(policy: LeavePolicy, link: UserLink): LeavePolicy['ending'] {
  return endingOutside(policy, link) ?? policy.ending;
}

function endingOutside({ onLeaveScope }: Pick<LeavePolicy, 'onLeaveScope'>, link: UserLink) {
  return isOutside(link) && onLeaveScope !== 'keep' ? onLeaveScope : undefined;
}
