import { isRetryCode, type RejectCode, type RetryCode, type SkipCode } from '../../events/codes';
import { dueKeyOf } from '../../events/due-links';
import type { Creation, LinkState, Ownership } from '../../events/link-state';
import { unsettledKeyOf } from '../../events/unsettled-links';
import {
  ageOf,
  type Candidate,
  type Claim,
  endedOf,
  isBound,
  isOutside,
  mayHaveUnknown,
  type UserLink,
} from './user-link';
import { verdictOf } from './verdict';

/**
 * A link in trouble that nobody touched for longer than any message waits belongs to a run whose message is gone.
 * The next event begins a run, and a budget, of its own.
 */
const LONGEST_RUN_PAUSE_MS = 13 * 60 * 60_000;

/** What an event says of the link itself, which holds even while the system cannot be reached. */
export type Wish = Partial<
  Pick<
    UserLink,
    | 'asked'
    | 'blocked'
    | 'blockedAt'
    | 'broughtBy'
    | 'enable'
    | 'mergedInto'
    | 'outside'
    | 'scopedAt'
    | 'toldAt'
    | 'version'
  >
>;

/** The row to write when a claim is made. */
export function claimed(link: UserLink | undefined, claim: Claim, wish: Wish = {}): UserLink {
  const old = link !== undefined && ageOf(link, claim) !== 'newer' ? link : undefined;
  const run = old !== undefined && isSameRun(old, claim.now) ? old : undefined;
  const { code: _code, notBefore: _notBefore, candidate: _candidate, ...kept } = old ?? remainsOf(link);
  return compact({
    ...kept,
    ...wish,
    ...traceOf(claim),
    bound: boundBy(link),
    // A late event of an earlier life must not make the link look older than it is.
    generation: old?.generation ?? claim.generation,
    creation: link === undefined ? undefined : creationOf(link),
    // A worker that died may have changed the account or not.
    applied: old?.lease === undefined ? old?.applied : undefined,
    lease: claim.lease,
    state: stateDuringWork(old),
    attempts: (run?.attempts ?? 0) + 1,
    firstAttemptAt: run?.firstAttemptAt ?? claim.now,
    acceptedAt: run?.acceptedAt ?? claim.acceptedAt,
    crashes: link?.lease === undefined ? 0 : link.crashes + 1,
    revision: (link?.revision ?? 0) + 1,
    updatedAt: isoOf(claim.now),
  });
}

// The account of an earlier life is still ours: the system has it under the same externalId.
function remainsOf(link: UserLink | undefined): Partial<UserLink> {
  const instance = isBound(link) ? link?.instance : undefined;
  return compact({ accountId: link?.accountId, ownership: link?.ownership, instance, bound: boundBy(link) });
}

// What a rule found, or an operator was asked about, stays where it is when the link goes on.
function boundBy(link: UserLink | undefined): true | undefined {
  return link !== undefined && mayHaveUnknown(link) ? true : undefined;
}

/** The same row in an instance of the system; in none where the system has none. */
export function placedIn(link: UserLink, instance: string | undefined): UserLink {
  return link.instance === instance ? link : compact({ ...link, instance });
}

/** The same row, which remembers the instance that was asked for while there is nothing to do there. */
export function remembering(link: UserLink, instance: string | undefined): UserLink {
  const isOpen = !isBound(link) && endedOf(link) === undefined;
  return isOpen && instance !== undefined ? placedIn(link, instance) : link;
}

// A worker that died with its lease may have sent a create.
function creationOf(link: UserLink): Creation | undefined {
  return link.creation ?? (link.lease === undefined ? undefined : 'unknown');
}

function isSameRun(link: UserLink, now: number): boolean {
  // Of one that an operator released no attempt was made: its budget begins with the event that comes.
  if (link.attempts === 0) return false;
  const isInTrouble = link.state === 'pending' || link.lease !== undefined || isRetryCode(link.code);
  return isInTrouble && link.state !== 'failed' && now - Date.parse(link.updatedAt) <= LONGEST_RUN_PAUSE_MS;
}

const STAYS_DURING_WORK: ReadonlySet<LinkState> = new Set([
  ...(['linked', 'handed-over', 'disabled', 'deprovisioning'] as const),
]);

// An account that is being changed is an account: who reads the row must not think that it went away.
function stateDuringWork(link: UserLink | undefined): LinkState {
  if (link === undefined) return 'pending';
  if (link.next !== undefined) return 'deprovisioning';
  return STAYS_DURING_WORK.has(link.state) ? link.state : 'pending';
}

/** How a run of work on a claimed link ended. */
export type Closing =
  | {
      readonly state: 'linked' | 'disabled';
      readonly accountId: string;
      readonly ownership: Ownership;
      /** Of the attributes that the account shows now; absent where they were not looked at. */
      readonly version?: number;
      readonly applied?: string;
    }
  /** The system was told and makes the account, or switches it off, by itself; nobody knows its id yet. */
  | {
      readonly state: 'handed-over' | 'disabled';
      readonly creation: 'unknown';
      readonly version?: number;
      readonly applied?: string;
      /** Epoch ms by which the system has to say so. */
      readonly dueAt?: number;
    }
  | { readonly state: 'skipped'; readonly code: SkipCode }
  /** With the account where it is certainly ours: whoever is blocked or deleted meanwhile must not keep it. */
  | {
      readonly state: 'held';
      readonly code: SkipCode;
      readonly accountId?: string;
      readonly ownership?: Ownership;
      readonly candidate?: Candidate;
      /** Of the event that found the candidate. */
      readonly version?: number;
    }
  | { readonly state: 'rejected'; readonly code: RejectCode }
  /** The message comes back or is given up. A message that comes back leaves the link in the state it is in. */
  | {
      readonly state: 'pending' | 'failed';
      readonly code: RetryCode;
      readonly creation?: Creation;
      readonly notBefore?: number;
    }
  /** The account is switched off, and goes when it is due. */
  | { readonly state: 'deprovisioning'; readonly dueAt: number }
  | { readonly state: 'deprovisioned' };

const SETTLED: ReadonlySet<Closing['state']> = new Set(['linked', 'handed-over', 'disabled']);

/** The row to write when the work is done. The lease goes, whatever the result. */
export function closed(link: UserLink, closing: Closing, now: number): UserLink {
  if (closing.state === 'deprovisioned') return buried(link, now);
  const { lease: _lease, code: _code, unsettled: _unsettled, verdict, creation, applied, ...kept } = link;
  const row = { ...kept, ...closing, state: closing.state === 'pending' ? link.state : closing.state };
  const isSettled = SETTLED.has(closing.state);
  return compact({
    ...row,
    ...stepAfter(row, closing),
    creation: ('creation' in closing ? closing.creation : undefined) ?? (isSettled ? undefined : creation),
    enable: isSettled ? undefined : row.enable,
    bound: isSettled ? undefined : row.bound,
    chosen: isSettled || closing.state === 'held' ? undefined : row.chosen,
    applied: closing.state === 'disabled' ? applied : 'applied' in closing ? closing.applied : undefined,
    verdict: isSettled ? undefined : (verdictOf(row) ?? verdict),
    unsettled: unsettledKeyOf(row),
    crashes: 0,
    revision: link.revision + 1,
    updatedAt: isoOf(now),
  });
}

/** `undefined` takes a field away. */
type StepFields = { [K in 'code' | 'next' | 'dueAt' | 'due' | 'remindAt']?: UserLink[K] | undefined };

// What somebody has to decide, and what was given up, is not asked for again by the clock. An operator does.
function stepAfter(link: UserLink, closing: Closing): StepFields {
  switch (closing.state) {
    case 'deprovisioning':
      return {
        ...remindAt(link.userRef, closing.dueAt),
        code: link.ended ?? whyOutside(link),
        next: 'delete',
      };
    case 'pending':
      return {};
    case 'handed-over': {
      const { dueAt } = closing;
      const reminder = dueAt === undefined ? { ...noReminder, dueAt } : remindAt(link.userRef, dueAt);
      return { ...reminder, next: undefined };
    }
    case 'linked':
    case 'disabled':
      return { ...noReminder, next: undefined, dueAt: undefined, code: whyOutside(link) };
    default:
      return noReminder;
  }
}

const whyOutside = (link: UserLink) => (isOutside(link) ? ('out-of-scope' as const) : undefined);

export const noReminder = { due: undefined, remindAt: undefined };

/** The keys of the index of what is due. */
export const remindAt = (userRef: string, dueAt: number) => ({
  dueAt,
  due: dueKeyOf(userRef),
  remindAt: dueAt,
});

/** The row of a user who is blocked before there is an account. */
export function switchedOffBefore(link: UserLink | undefined, claim: Claim, version: number): UserLink {
  return compact({
    ...(link !== undefined && ageOf(link, claim) !== 'newer' ? link : firstOf(claim, link)),
    ...traceOf(claim),
    generation: claim.generation ?? link?.generation,
    ...{ state: 'skipped' as const, code: 'disabled' as const, unsettled: undefined },
    ...{ blocked: true, blockedAt: version },
    revision: (link?.revision ?? 0) + 1,
    updatedAt: isoOf(claim.now),
  });
}

/** What a row says of work before there was any; with what an earlier life may have left in the system. */
export const firstOf = ({ now, acceptedAt }: Claim, link?: UserLink) => ({
  ...{ attempts: 0, firstAttemptAt: now, crashes: 0, acceptedAt },
  ...remainsOf(link),
});

/** The same row with what an event says of it. */
export function noting(link: UserLink, now: number, wish: Wish): UserLink {
  return { ...link, ...wish, revision: link.revision + 1, updatedAt: isoOf(now) };
}

/** The row of a user who was deleted, while the account still waits for it. */
export function parting(link: UserLink, claim: Claim, dueAt: number): UserLink {
  return compact({
    ...withoutWork(link),
    ...traceOf(claim),
    ...remindAt(link.userRef, dueAt),
    ...{ state: 'deprovisioning' as const, code: 'deleted' as const },
    ...{ ended: 'deleted' as const, next: 'disable' as const },
    generation: latest(link, claim),
    revision: link.revision + 1,
    updatedAt: isoOf(claim.now),
  });
}

/** The row of a user who was deleted because it became part of another one: somebody has to say which account stays. */
export function merging(link: UserLink, now: number, mergedInto: string): UserLink {
  const row = { ...withoutWork(link), state: 'held', code: 'merge-pending' } as const;
  return compact({
    ...row,
    ...noReminder,
    ...{ ended: 'deleted' as const, mergedInto, next: undefined, dueAt: undefined },
    verdict: verdictOf(row),
    unsettled: unsettledKeyOf(row),
    revision: link.revision + 1,
    updatedAt: isoOf(now),
  });
}

/** What stays of a user who is gone: no name, no account, only that this life is over, and where one may be left. */
export function tombstone(link: UserLink | undefined, claim: Claim): UserLink {
  const { userRef, system, acceptedAt, eventId, requestId, now } = claim;
  const trace = { userRef, system, acceptedAt, eventId, requestId };
  const generation = (link === undefined ? claim.generation : latest(link, claim)) ?? isoOf(acceptedAt);
  // Who comes back in another country is to have no second account beside what may be there.
  const left = { ...remainsOf(link), generation, revision: link?.revision ?? 0 };
  return graveOf({ ...trace, ...left, ended: 'deleted' }, now);
}

function buried(link: UserLink, now: number): UserLink {
  const { userRef, system, acceptedAt, eventId, requestId, revision, ended = 'deleted' } = link;
  const generation = link.generation ?? isoOf(acceptedAt);
  return graveOf({ userRef, system, acceptedAt, eventId, requestId, revision, ended, generation }, now);
}

type Remembered = Pick<
  UserLink,
  | 'userRef'
  | 'system'
  | 'acceptedAt'
  | 'eventId'
  | 'requestId'
  | 'revision'
  | 'generation'
  | 'instance'
  | 'bound'
> & { readonly ended: NonNullable<UserLink['ended']> };

/** A tombstone. */
export function graveOf(remembered: Remembered, now: number): UserLink {
  const { ended, revision } = remembered;
  const fresh = { attempts: 0, firstAttemptAt: now, crashes: 0, updatedAt: isoOf(now) };
  return { ...remembered, ...fresh, state: 'deprovisioned', code: ended, revision: revision + 1 };
}

/** The row without what a worker left in it. A create whose worker died may still have left an account. */
export function withoutWork(link: UserLink): UserLink {
  const { lease: _lease, notBefore: _notBefore, unsettled: _unsettled, verdict: _verdict, ...kept } = link;
  return compact({ ...kept, candidate: undefined, bound: boundBy(link), creation: creationOf(link) });
}

function latest(link: UserLink, claim: Claim): string | undefined {
  return ageOf(link, claim) === 'newer' ? claim.generation : (link.generation ?? claim.generation);
}

/** Which event it was, and of whom. */
export function traceOf({ userRef, system, user_id, eventId, requestId }: Claim) {
  return { userRef, system, user_id, eventId, requestId };
}

/** ISO 8601. */
export const isoOf = (epochMs: number) => new Date(epochMs).toISOString();

type Compact<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without the fields that are undefined: DynamoDB has no such value. */
export function compact<T extends object>(fields: T): Compact<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Compact<T>;
}
