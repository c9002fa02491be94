import type { SkipCode } from '../../events/codes';
import {
  type Closing,
  closed,
  compact,
  firstOf,
  isoOf,
  remindAt,
  traceOf,
  type Wish,
  withoutWork,
} from './transitions';
import { ageOf, type Claim, type UserLink } from './user-link';
import { isWithheldBy, type Withheld } from './withheld';

/** Why a user is not in a system, and what else the event says. */
export interface Outside {
  readonly code: Withheld | (SkipCode & ('out-of-scope' | 'scope-unknown'));
  readonly note: Wish;
}

/** The row of a user who gets no account there. */
export function stayingOut(link: UserLink | undefined, claim: Claim, { code, note }: Outside): UserLink {
  const isOld = link === undefined || ageOf(link, claim) === 'newer';
  return compact({
    ...(isOld ? firstOf(claim, link) : { ...withoutWork(link), enable: undefined, applied: undefined }),
    ...traceOf(claim),
    generation: isOld ? claim.generation : (link.generation ?? claim.generation),
    ...{ state: 'skipped' as const, code },
    ...note,
    revision: (link?.revision ?? 0) + 1,
    updatedAt: isoOf(claim.now),
  });
}

/** The row of a user whose account goes as that of a deleted one does, in a life that goes on. */
export function leavingScope(link: UserLink, claim: Claim, { code, note }: Outside, dueAt: number): UserLink {
  const isNewer = ageOf(link, claim) === 'newer';
  const { creation } = withoutWork(link);
  return compact({
    ...(isNewer ? compact({ ...firstOf(claim, link), creation }) : withoutWork(link)),
    ...traceOf(claim),
    ...remindAt(link.userRef, dueAt),
    ...{ state: 'deprovisioning' as const, code, next: 'disable' as const },
    ...{ counted: undefined, enable: undefined },
    ...note,
    generation: isNewer ? claim.generation : (link.generation ?? claim.generation),
    revision: link.revision + 1,
    updatedAt: isoOf(claim.now),
  });
}

/** The row of a user whose account stays as it is. */
export function keptOutside(link: UserLink, claim: Claim, note: Wish): UserLink {
  return {
    ...withoutWork(link),
    ...traceOf(claim),
    ...{ state: 'skipped' as const, code: 'out-of-scope' as const },
    ...note,
    revision: link.revision + 1,
    updatedAt: isoOf(claim.now),
  };
}

/** The row of a user who is in the scope again, before anything is done about it; no write of its own. */
export function entering(link: UserLink, version: number): UserLink {
  const { code: _code, outside: _outside, counted: _counted, ...kept } = link;
  const { next: _next, dueAt: _dueAt, due: _due, remindAt: _remindAt, ...row } = kept;
  const enable = link.blocked === true ? {} : { enable: true };
  return { ...row, ...enable, state: 'pending', scopedAt: version };
}

/** The row to write when the work is done, also where it was that a user who is to have no account has none any more. */
export function closedInScope(link: UserLink, closing: Closing, now: number): UserLink {
  if (closing.state !== 'skipped') return closed(link, closing, now);
  const { code } = closing;
  const isGone = code === 'out-of-scope' || isWithheldBy(code);
  return isGone ? withoutAccount(link, code, now) : closed(link, closing, now);
}

function withoutAccount(link: UserLink, code: Outside['code'], now: number): UserLink {
  return compact({
    ...withoutWork(link),
    ...{ accountId: undefined, ownership: undefined, creation: undefined, applied: undefined },
    ...{ next: undefined, dueAt: undefined, due: undefined, remindAt: undefined },
    ...{ counted: undefined, enable: undefined },
    ...{ state: 'skipped' as const, code, crashes: 0 },
    revision: link.revision + 1,
    updatedAt: isoOf(now),
  });
}
