import { awaitingEvent } from './release';
import { compact, graveOf, isoOf, placedIn } from './transitions';
import { type AccountChoice, type Choice, endedOf, mayHaveAccount, type UserLink } from './user-link';

/** The row of a held link for which an operator chose an account. The next event of the user does it. */
export function choosing(link: UserLink, chosen: Choice, now: number): UserLink {
  const waiting = { ...awaitingEvent(link, now), chosen };
  // Nothing but the end of the block brings it on.
  return link.blocked === true ? { ...waiting, state: 'skipped', code: 'disabled' } : waiting;
}

/**
 * The row of a user who became part of another one, and whose account stays. This life is over, so that nothing told of
 * it later touches the account; one that begins anew finds it by its externalId, where it is, unless it was handed over.
 */
export function keeping(link: UserLink, now: number, obstacle?: HandOverObstacle): UserLink {
  const { userRef, system, acceptedAt, eventId, requestId, revision, instance } = link;
  const generation = link.generation ?? isoOf(acceptedAt);
  const trace = { userRef, system, acceptedAt, eventId, requestId };
  const left = obstacle === 'taken' ? {} : compact({ instance, bound: true as const });
  return graveOf({ ...trace, ...left, revision, ended: 'deleted', generation }, now);
}

/** Why the account of a merged user does not become that of the other; undefined when it can. */
export function obstacleToHandOver(part: UserLink, heir: UserLink | undefined): HandOverObstacle | undefined {
  if (part.accountId === undefined || part.user_id === undefined) return 'unknown';
  if (part.signedOffAt !== undefined) return 'told';
  if (heir === undefined) return undefined;
  if (endedOf(heir) !== undefined) return 'gone';
  if (heir.accountId === part.accountId) return 'taken';
  return mayHaveAccount(heir) ? 'has-account' : undefined;
}

/**
 * `unknown`: which account it is; `told`: the system makes its accounts itself; `gone`: the other user; `taken`: the
 * other user has it; `has-account`: they have one of their own.
 */
export type HandOverObstacle = 'unknown' | 'told' | 'gone' | 'taken' | 'has-account';

/** The row of the user who gets the account of `part`. The next event of theirs makes it their own. */
export function handedOver(part: UserLink, heir: UserLink | undefined, now: number): UserLink {
  const chosen: AccountChoice = {
    accountId: part.accountId ?? '',
    ownership: part.ownership ?? 'adopted',
    ...(part.user_id === undefined ? {} : { from: part.user_id }),
  };
  if (heir?.state === 'held') return placedIn(choosing(heir, chosen, now), part.instance);
  return compact({
    ...(heir ?? firstRowOf(part, now)),
    ...{ chosen, instance: part.instance },
    revision: (heir?.revision ?? 0) + 1,
    updatedAt: isoOf(now),
  });
}

function firstRowOf({ mergedInto = '', system, acceptedAt, eventId, requestId }: UserLink, now: number) {
  const trace = { userRef: mergedInto, system, acceptedAt, eventId, requestId };
  return { ...trace, state: 'pending' as const, attempts: 0, firstAttemptAt: now, crashes: 0 };
}
