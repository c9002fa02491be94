import { compact, isoOf, remindAt, withoutWork } from './transitions';
import { endedOf, isOutside, type UserLink } from './user-link';

/** Why a link is held for an operator. */
export const HELD_CODES = ['conflict', 'ambiguous', 'merge-pending', 'deletion-threshold'] as const;

export type HeldCode = (typeof HELD_CODES)[number];

/** Codes of users who are gone, whatever else the row says. */
const OF_THE_GONE: ReadonlySet<string> = new Set(['merge-pending', 'deletion-threshold']);

/** Why the link is held; undefined for one that is not, or for a reason that this version does not know. */
export function heldCodeOf({ state, code }: UserLink): HeldCode | undefined {
  return state === 'held' ? HELD_CODES.find((known) => known === code) : undefined;
}

/** True when the account of a held link is one of a user who is gone, or whom the scope leaves out, so that releasing the link lets it go. */
export function isLeaving(link: UserLink): boolean {
  return endedOf(link) !== undefined || OF_THE_GONE.has(link.code ?? '');
}

/** The row of a held link that an operator lets go on: the account on its way out, or the link to the next event. */
export function released(link: UserLink, now: number): UserLink {
  return isLeaving(link) ? leavingNow(link, now) : awaitingEvent(link, now);
}

// An operator said so: it is not asked again whether too many go.
function leavingNow(link: UserLink, now: number): UserLink {
  const ended = endedOf(link) ?? 'deleted';
  return {
    ...withoutWork(link),
    ...remindAt(link.userRef, now),
    state: 'deprovisioning',
    ...(isOutside(link) ? { code: 'out-of-scope' } : { code: ended, ended }),
    next: link.next ?? 'disable',
    counted: true,
    revision: link.revision + 1,
    updatedAt: isoOf(now),
  };
}

// Any event of the user works on a link that is pending and has no lease.
export function awaitingEvent(link: UserLink, now: number): UserLink {
  return compact({
    ...withoutWork(link),
    ...{ state: 'pending' as const, code: undefined, attempts: 0, firstAttemptAt: now },
    revision: link.revision + 1,
    updatedAt: isoOf(now),
  });
}
