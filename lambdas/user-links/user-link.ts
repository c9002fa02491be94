import type { RejectCode, RetryCode, SkipCode } from '../../events/codes';
import type { LinkRow } from '../../events/link-row';
import type { Creation, Ownership } from '../../events/link-state';

/** The row as its writers know it. Kept below 1 KB: one write unit. */
export interface UserLink extends LinkRow {
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
  /** Version of the profile, epoch ms, whose attributes the account shows. Claiming does not move it. */
  readonly version?: number;
  /** Fingerprint of those attributes; absent when it is not known what the account shows. */
  readonly applied?: string;
  /** What was last said of blocking the user, and by which version of the profile, epoch ms. */
  readonly blocked?: boolean;
  readonly blockedAt?: number;
  /** True while the system's scope leaves the user out. */
  readonly outside?: boolean;
  /** Version of the profile, epoch ms, that last said whether the scope has the user. */
  readonly scopedAt?: number;
  /** True once an account was asked for, in a system that makes none before. */
  readonly asked?: true;
  /** Name of a connection that brought the user, where not every connection brings an account. */
  readonly broughtBy?: string;
  /** Version of the profile, epoch ms, that was told last before there was an account. */
  readonly toldAt?: number;
  /** True until the account is known to be on: a block that ended, or an earlier life, may have left it off. */
  readonly enable?: boolean;
  /** Set once this life of the user is over; only a newer generation takes it away. */
  readonly ended?: Ended;
  /** The next step on the way out, and the epoch ms before which nobody takes it. */
  readonly next?: Step;
  readonly dueAt?: number;
  /** Keys of the index of what is due: its partition, and the epoch ms at which the sweeper reminds of it. */
  readonly due?: string;
  readonly remindAt?: number;
  /** Present once the user is to be erased. */
  readonly erasure?: Erasure;
  /** True once the end of this account is counted against the deletion threshold. */
  readonly counted?: boolean;
  /** userRef of the user that this one was linked to in Auth0. */
  readonly mergedInto?: string;
  /** Of a held link: an account in the system that may be the user's. */
  readonly candidate?: Candidate;
  /** True where the instance that the link names may have an account of the user which the link knows nothing of. */
  readonly bound?: true;
  /** What an operator chose for the user; gone once it is done. */
  readonly chosen?: Choice;
  /** Epoch ms at which the system said last which account it is, of one that makes its accounts itself. */
  readonly signedOffAt?: number;
  /** Raised by every write. */
  readonly revision: number;
}

export interface Candidate {
  readonly accountId: string;
  /** True when nothing is missing but an event that vouches for the user's address. */
  readonly unproven?: true;
}

/** `new`: an account of the user's own, whatever is there. */
export type Choice = 'new' | AccountChoice;

export interface AccountChoice {
  readonly accountId: string;
  readonly ownership: Ownership;
  /** `user_id` of the user whose account it is and who became part of this one. */
  readonly from?: string;
}

/** How a life ended. */
export type Ended = 'deleted' | 'erased';

/** A step on the way out. `erase` and `verify` are those of a user who was erased: remove and look, and look again. */
export type Step = 'disable' | 'delete' | 'erase' | 'verify';

/** What was done to erase a user from a system. Holds no personal data, and stays on the tombstone. Times in epoch ms. */
export interface Erasure {
  readonly askedAt: number;
  /** Names of the accounts that went, as {@link accountRefOf} makes them. */
  readonly accounts: readonly string[];
  /** When the last account was removed, or found to be gone, and the request that did it. */
  readonly removedAt?: number;
  readonly removedBy?: string;
  /** When the system last showed no account after that. */
  readonly readBackAt?: number;
  readonly readBackBy?: string;
  /** When it still showed none; only then it is over. */
  readonly verifiedAt?: number;
  readonly verifiedBy?: string;
  /** True of a system that was told instead, at the times of both looks: nobody can look into it. */
  readonly told?: true;
  /** True of a system with instances: every one of them is looked into. */
  readonly everywhere?: true;
  /** Instances that this look did not get into yet, where it got into others; all of them while absent. */
  readonly left?: readonly string[];
  /** True where an operator said that the account is gone. */
  readonly byHand?: true;
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

/** How the life of a link ended; undefined while it goes on. */
export function endedOf(link: UserLink): Ended | undefined {
  if (link.ended !== undefined) return link.ended;
  // The account goes, and the user stays.
  if (isOutside(link)) return undefined;
  const isOver = link.state === 'deprovisioning' || link.state === 'deprovisioned';
  return isOver ? (link.code === 'erased' ? 'erased' : 'deleted') : undefined;
}

/** True for a user whom the scope leaves out, in a life that goes on. */
export const isOutside = ({ outside, ended }: UserLink) => outside === true && ended === undefined;

type OfLife = Pick<UserLink, 'generation'>;

/** Of which life of the user a claim speaks, seen from the link. Without generations they are the same. */
export function ageOf(link: OfLife, claim: OfLife): 'older' | 'same' | 'newer' {
  if (claim.generation === undefined || link.generation === undefined) return 'same';
  const distance = Date.parse(claim.generation) - Date.parse(link.generation);
  if (distance === 0) return 'same';
  return distance > 0 ? 'newer' : 'older';
}

/** True while a worker has the link, or may still have it. */
export function isLeased(link: UserLink, now: number): link is UserLink & { readonly lease: Lease } {
  return link.lease !== undefined && now < link.lease.until;
}

/** True when the system may have an account for this link. */
export function mayHaveAccount(link: UserLink): boolean {
  return link.accountId !== undefined || link.creation !== undefined || link.lease !== undefined;
}

/** True while the user's account may be in an instance of the system, or an operator chose one there or is to. */
export function isBound(link: UserLink | undefined): boolean {
  return link !== undefined && (namesAccount(link) || mayHaveUnknown(link));
}

/** True while the link leads to an account: its own, one that may have been made, or one that an operator chose. */
const namesAccount = (link: UserLink) => mayHaveAccount(link) || typeof link.chosen === 'object';

/** True where something was found, or left, that may be the user's, and that the link leads to no more. */
export const mayHaveUnknown = ({ bound, state, candidate }: UserLink) =>
  bound === true || state === 'held' || candidate !== undefined;
