import { type Closing, claimed, closed, compact, graveOf, isoOf, placedIn, remindAt } from './transitions';
import { ageOf, type Claim, type Erasure, endedOf, type UserLink } from './user-link';

/** When a worker has still not begun by then, the sweeper reminds it: whoever asked may have died before they sent it. */
const REMIND_AFTER_MS = 15 * 60_000;
/** The least between the two read-backs: an index of the system may be late to forget as well as to learn. */
const READ_AGAIN_AFTER_MS = 60_000;
/** After a create whose end nobody saw: no call of ours takes effect that late. */
const READ_AGAIN_AFTER_UNSEEN_MS = 15 * 60_000;
/** Keeps the row below 1 KB: where more are left, all of them are looked into once more. */
const MOST_LEFT = 4;

/** True while the account of an erased user is on its way out, its second read-back included. */
export function isErasing(link: UserLink): boolean {
  return endedOf(link) === 'erased' && (link.next === 'erase' || link.next === 'verify');
}

/** True once both read-backs found no account. */
export function isErased(link: UserLink): boolean {
  return endedOf(link) === 'erased' && link.state === 'deprovisioned';
}

/** True where the account of the life that is meant, and not only of one before it, is known to be gone. */
export function isErasedUntil(link: UserLink, until: string): boolean {
  return isErased(link) && ageOf(link, { generation: until }) !== 'newer';
}

/**
 * True of a tombstone. No life is hurt by an erasure of one before it, and the life may be the same: the tombstone of a
 * user who became part of another one is as young as the change that said so.
 */
export const isBuried = ({ state }: UserLink) => state === 'deprovisioned';

/**
 * The row of a user who is to be erased, set before anything is removed: from then on nothing of this life or an
 * earlier one makes an account. What is erasing already stays as it is; what failed on the way, or is held, goes on there.
 */
export function erasing(link: UserLink | undefined, claim: Claim): UserLink {
  if (link !== undefined && isAsItIs(link, ageOf(link, claim))) return link;
  const isNewer = link === undefined || ageOf(link, claim) === 'newer';
  const { user_id, now } = claim;
  const isGoingOn = !isNewer && isErasing(link);
  const accounts = link?.erasure?.accounts ?? [];
  const { verdict: _verdict, unsettled: _unsettled, ...kept }: FirstRow = link ?? firstRowOf(claim);
  return compact({
    ...kept,
    user_id,
    generation: isNewer ? claim.generation : link.generation,
    // Of a worker that died its call may still be under way; of one that lives, it does not hold the link any more.
    lease: link?.lease === undefined ? undefined : { ...link.lease, token: 'erasing' },
    ...{ state: 'deprovisioning' as const, code: 'erased' as const },
    ended: 'erased' as const,
    next: isGoingOn ? link.next : ('erase' as const),
    erasure: (isGoingOn ? link.erasure : undefined) ?? { askedAt: now, accounts, ...everywhereOf(link) },
    ...remindAt(claim.userRef, now),
    remindAt: now + REMIND_AFTER_MS,
    ...{ attempts: 0, firstAttemptAt: now, crashes: 0 },
    revision: (link?.revision ?? 0) + 1,
    updatedAt: isoOf(now),
  });
}

const erasureOf = ({ erasure }: UserLink, now: number): Erasure => erasure ?? { askedAt: now, accounts: [] };

// One that did not get through may have left something in any instance of the system.
const everywhereOf = (link: UserLink | undefined) =>
  link?.erasure?.everywhere === true ? { everywhere: true as const } : {};

function isAsItIs(link: UserLink, age: ReturnType<typeof ageOf>): boolean {
  const isUnderWay = isErasing(link) && link.state === 'deprovisioning';
  return (age === 'older' && !isBuried(link)) || (age !== 'newer' && (isUnderWay || isErased(link)));
}

type FirstRow = Pick<UserLink, 'userRef' | 'system' | 'acceptedAt' | 'eventId' | 'requestId'> &
  Partial<UserLink>;

function firstRowOf({ userRef, system, acceptedAt, eventId, requestId }: Claim): FirstRow {
  return { userRef, system, acceptedAt, eventId, requestId };
}

/** The same row, which says that the account is looked for in every instance of the system. */
export function lookedForEverywhere(link: UserLink): UserLink {
  return { ...link, erasure: { ...erasureOf(link, 0), everywhere: true } };
}

/** The row to write when a worker takes on the account of an erased user: tombstone and lease in one write. */
export function claimedToErase(link: UserLink | undefined, claim: Claim): UserLink {
  return claimed(erasing(link, claim), claim);
}

/** An account that is about to be removed. */
export interface FoundToErase {
  readonly accountId: string;
  readonly instance: string | undefined;
  /** Its name and that of the one which the link knew there; free of personal data. */
  readonly names: readonly string[];
}

/**
 * The row that knows of the account which is about to be removed; the same where it does already. One that shows at the
 * second read-back makes that the first.
 */
export function locatedToErase(link: UserLink, found: FoundToErase, now: number): UserLink {
  const { accountId, instance, names } = found;
  const before = erasureOf(link, now);
  const erasure = { ...before, accounts: union(before.accounts, names) };
  // What is known of an account in one instance stays while another one shows one too: of that the row has the name.
  const isOther = link.instance !== undefined && link.instance !== instance && isKnown(link);
  const isNoted = link.accountId === accountId && link.instance === instance;
  if (isNoted && link.next === 'erase') return link;
  const creation = 'unknown' as const;
  const account = { accountId, ownership: link.ownership ?? ('created' as const), creation };
  return {
    ...(isOther ? { creation, ...link } : { ...placedIn(link, instance), ...account }),
    ...{ erasure, next: 'erase' as const },
    revision: link.revision + 1,
    updatedAt: isoOf(now),
  };
}

const isKnown = ({ accountId, creation }: UserLink) => accountId !== undefined || creation !== undefined;

// As many as there were: a certificate that omits one is wrong. There is one, or two where an earlier fault made a
// second; one in every instance may be a row above 1 KB, which costs another write unit.
const union = (before: readonly string[], more: readonly string[]) => [...new Set([...before, ...more])];

/** What a look found, of which nothing is left. */
export interface Looked {
  /** Names of the accounts that were removed, or were known and are gone; free of personal data. */
  readonly accounts: readonly string[];
  /** True when there was one to remove. */
  readonly removed: boolean;
  /** True of a system that was told to forget the user, and that nobody can look into. */
  readonly told: true | undefined;
}

/** The row of a look. Where it did not get into every instance, the next attempt goes on with those that are left. */
export function lookedInto(
  link: UserLink,
  { accounts, removed, told }: Looked,
  open: readonly { readonly instance: string | undefined }[],
  now: number,
): UserLink {
  const before = erasureOf(link, now);
  const all = union(before.accounts, accounts);
  const isGone = removed || (all.length > 0 && before.removedAt === undefined);
  const left = open.flatMap(({ instance }) => instance ?? []);
  const erasure = {
    ...{ ...before, told, accounts: all },
    ...(isGone && { removedAt: now, removedBy: link.requestId }),
    left: left.length > 0 && left.length <= MOST_LEFT ? left : undefined,
  };
  return { ...link, erasure: compact(erasure) };
}

/** How an attempt to erase ended well: the system showed no account any more. */
export const READ_BACK = { state: 'read-back' } as const;
export type ReadBack = typeof READ_BACK;

/** The row to write when the work on it is done, an erasure included. */
export function settled(link: UserLink, closing: Closing | ReadBack, now: number): UserLink {
  if (closing.state !== 'read-back') return closed(link, closing, now);
  return link.next === 'verify' ? erased(link, now) : readBackOnce(link, now);
}

function readBackOnce(link: UserLink, now: number): UserLink {
  const { lease: _lease, unsettled: _unsettled, verdict: _verdict, creation, ...kept } = link;
  const dueAt = now + (creation !== undefined ? READ_AGAIN_AFTER_UNSEEN_MS : READ_AGAIN_AFTER_MS);
  return compact({
    ...kept,
    ...{ state: 'deprovisioning' as const, code: 'erased' as const, next: 'verify' as const },
    ...remindAt(link.userRef, dueAt),
    erasure: { ...erasureOf(link, now), readBackAt: now, readBackBy: link.requestId },
    ...{ attempts: 0, firstAttemptAt: now, crashes: 0 },
    revision: link.revision + 1,
    updatedAt: isoOf(now),
  });
}

/** The row of a user whose account an operator has removed, where no worker can. */
export function erasedByHand(
  link: UserLink | undefined,
  claim: Claim,
  accounts: readonly string[],
): UserLink {
  const marked = erasing(link, claim);
  const { askedAt, accounts: before } = marked.erasure ?? { askedAt: claim.now, accounts: [] };
  const { userRef, system, acceptedAt, eventId, requestId, revision } = marked;
  const generation = marked.generation ?? isoOf(claim.acceptedAt);
  const remembered = { userRef, system, acceptedAt, eventId, requestId, revision, generation };
  return {
    ...graveOf({ ...remembered, ended: 'erased' }, claim.now),
    erasure: { askedAt, accounts: union(before, accounts), byHand: true },
  };
}

// What is left names nobody: that, and when, the accounts were removed and looked for twice.
function erased(link: UserLink, now: number): UserLink {
  const { userRef, system, acceptedAt, eventId, requestId, revision } = link;
  const before = erasureOf(link, now);
  const erasure: Erasure = { ...before, verifiedAt: now, verifiedBy: requestId };
  const generation = link.generation ?? isoOf(acceptedAt);
  const remembered = { userRef, system, acceptedAt, eventId, requestId, revision, generation };
  return { ...graveOf({ ...remembered, ended: 'erased' }, now), erasure };
}
