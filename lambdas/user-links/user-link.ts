import type { RejectCode, RetryCode, SkipCode } from '../../events/codes';
import type { LinkRow } from '../../events/link-row';
import type { Creation, LinkState, Ownership } from '../../events/link-state';
import { type Outcome, retry, skipped } from '../../events/outcome';
import { unsettledKeyOf } from '../../events/unsettled-links';

/** The row as its writers know it. Kept below 1 KB: one write unit. */
export interface UserLink extends LinkRow {
  readonly user_id: string;
  readonly code?: SkipCode | RetryCode | RejectCode;
  /** Present once a create may have reached the system without our learning the account's id. */
  readonly creation?: Creation;
  /** The last state and code that somebody was told of, so that the same news is not told twice. */
  readonly verdict?: string;
  /** Leases in a row that ran out because a worker died. */
  readonly crashes: number;
  readonly lease?: Lease;
  /** Key of the index of unsettled links. Kept through a claim: what is being mended is not mended yet. */
  readonly unsettled?: string;
  /** Raised by every write. */
  readonly revision: number;
}

export interface Lease {
  readonly token: string;
  /** Epoch ms. */
  readonly until: number;
}

/** What a worker knows when it wants to work on a link. */
export interface Claim {
  readonly userRef: string;
  readonly system: string;
  readonly user_id: string;
  readonly generation?: string;
  readonly acceptedAt: number;
  readonly eventId: string;
  readonly requestId: string;
  readonly lease: Lease;
  /** Epoch ms. */
  readonly now: number;
}

/** `give-up` is for a link that has killed too many workers. */
export type Decision =
  | { readonly do: 'claim' }
  | { readonly do: 'give-up' }
  | { readonly do: 'end'; readonly outcome: Outcome };

/** Five, because one crash is an accident, and a message that always kills its worker must not do so for a day. */
export const MAX_CRASHES = 5;
/**
 * A pending link that nobody touched for longer than any message waits belongs to a run whose message is gone.
 * The next event begins a run, and a budget, of its own.
 */
const LONGEST_RUN_PAUSE_MS = 13 * 60 * 60_000;
/** How long a duplicate waits at most for the worker that holds the lease. */
const IN_PROGRESS_WAIT_MS = 20_000;

/** What a joiner event means for the link as it stands. */
export function decide(link: UserLink | undefined, claim: Claim, settleMs: number): Decision {
  if (link === undefined) return { do: 'claim' };
  if (link.lease !== undefined) return decideOnLease(link, link.lease, claim.now, settleMs);
  const settlesInMs = (link.notBefore ?? 0) - claim.now;
  if (settlesInMs > 0) return { do: 'end', outcome: retry('settling', settlesInMs) };
  if (isNewLife(link, claim)) return { do: 'claim' };
  switch (link.state) {
    case 'linked':
    case 'handed-over':
      return end('already-linked');
    case 'held':
      return end('held');
    case 'disabled':
      return end('disabled');
    case 'deprovisioning':
    case 'deprovisioned':
      return end(link.code === 'erased' ? 'erased' : 'deleted');
    default:
      return { do: 'claim' };
  }
}

// The lease says that a call may be under way. Only when it has run out and the last call must have ended too
// does a look-up tell the truth about what that worker achieved.
function decideOnLease(link: UserLink, lease: Lease, now: number, settleMs: number): Decision {
  if (now < lease.until) {
    return { do: 'end', outcome: retry('in-progress', Math.min(lease.until - now, IN_PROGRESS_WAIT_MS)) };
  }
  const settledAt = lease.until + settleMs;
  if (now < settledAt) return { do: 'end', outcome: retry('settling', settledAt - now) };
  return link.crashes + 1 >= MAX_CRASHES ? { do: 'give-up' } : { do: 'claim' };
}

const end = (code: SkipCode): Decision => ({ do: 'end', outcome: skipped(code) });

/** True when the event belongs to a newer life of the user. An event without generation never does. */
function isNewLife(link: UserLink, claim: Claim): boolean {
  if (claim.generation === undefined || link.generation === undefined) return false;
  return Date.parse(claim.generation) > Date.parse(link.generation);
}

/** The row to write when a claim is made. */
export function claimed(link: UserLink | undefined, claim: Claim): UserLink {
  const { now, generation, ...identity } = claim;
  const isOld = link !== undefined && !isNewLife(link, claim);
  const continues =
    isOld && link.state === 'pending' && now - Date.parse(link.updatedAt) <= LONGEST_RUN_PAUSE_MS;
  const { code: _code, notBefore: _notBefore, creation: _creation, ...kept } = link ?? {};
  return {
    ...kept,
    ...identity,
    ...optional({
      // A late event of an earlier life must not make the link look older than it is.
      generation: isOld ? (link.generation ?? generation) : generation,
      creation: isOld ? creationOf(link) : undefined,
    }),
    state: 'pending',
    attempts: continues ? link.attempts + 1 : 1,
    firstAttemptAt: continues ? link.firstAttemptAt : now,
    acceptedAt: continues ? link.acceptedAt : claim.acceptedAt,
    crashes: link?.lease === undefined ? 0 : link.crashes + 1,
    revision: (link?.revision ?? 0) + 1,
    updatedAt: new Date(now).toISOString(),
  };
}

// A worker that died with its lease may have sent a create.
function creationOf(link: UserLink): Creation | undefined {
  return link.creation ?? (link.lease === undefined ? undefined : 'unknown');
}

/** How a run of work on a claimed link ended. */
export type Closing =
  | { readonly state: 'linked'; readonly accountId: string; readonly ownership: Ownership }
  | { readonly state: 'held'; readonly code: SkipCode }
  | { readonly state: 'rejected'; readonly code: RejectCode }
  | {
      readonly state: 'pending' | 'failed';
      readonly code: RetryCode;
      readonly creation?: Creation;
      readonly notBefore?: number;
    };

/** The row to write when the work is done. The lease goes, whatever the result. */
export function closed(link: UserLink, closing: Closing, now: number): UserLink {
  const { lease: _lease, code: _code, verdict, creation, unsettled: _unsettled, ...kept } = link;
  const settled = closing.state === 'linked';
  return {
    ...kept,
    ...(settled ? {} : optional({ verdict: verdictOf(closing) ?? verdict, creation })),
    ...optional({ unsettled: unsettledKeyOf({ ...link, ...closing }) }),
    ...closing,
    crashes: 0,
    revision: link.revision + 1,
    updatedAt: new Date(now).toISOString(),
  };
}

/** States that somebody should look at. */
const NOTEWORTHY: ReadonlySet<LinkState> = new Set(['failed', 'rejected', 'held']);

/** The state and code of a link that somebody should look at; undefined for any other. */
export function verdictOf({
  state,
  code,
}: {
  readonly state: LinkState;
  readonly code?: string;
}): string | undefined {
  return NOTEWORTHY.has(state) ? `${state}:${code}` : undefined;
}

function optional<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
