import type { EventUser } from '../../../events/event-schema';
import type { Ownership } from '../../../events/link-state';
import type { Choice, UserLink } from '../../user-links/user-link';
import type { UserLinks } from '../../user-links/user-link-repository';
import { RetryableError, type Trait } from '../connector';
import type { Reservations } from './reservations';
import type { TrustedConnections } from './vouching';

/** A way to know an account that does not carry our externalId: by what it shows and the profile says. */
export interface CorrelationRule {
  /** The system's name for what is compared. */
  readonly attribute: string;
  /** Ours. */
  readonly from: string;
}

/** What the configuration of a system says of accounts that are there already. */
export interface AdoptionPolicy {
  /** In the order in which they are asked. */
  readonly correlate: readonly CorrelationRule[];
  /** True when an account that a rule finds may be taken over. */
  readonly adopt: boolean;
  readonly trustVerifiedEmailFrom: TrustedConnections;
}

/** What a rule says of one user. */
export interface UserTrait extends Trait {
  /**
   * True for what a person cannot say of themselves: the address that is vouched for, the id, and what administrators
   * write. A user name is chosen, and one that is somebody else's in the system would bring their account with it.
   */
  readonly isProvable: boolean;
}

/** What a worker may do about an account that one user may take over. */
export interface AdoptionTerms {
  /** What the user may be known by, in the order in which it is asked for. */
  readonly traits: readonly UserTrait[];
  readonly adopt: boolean;
  /** True when the event vouches for the user's address. */
  readonly vouched: boolean;
  /** What an operator chose. */
  readonly choice: 'new' | ChosenAccount | undefined;
  /** {@link Reservations} of this user. */
  readonly take: (accountId: string, former?: string) => Promise<boolean>;
  readonly holds: (accountId: string) => Promise<boolean>;
  readonly giveBack: (accountId: string) => Promise<void>;
}

/** An account that an operator says is this user's. */
export interface ChosenAccount {
  readonly accountId: string;
  readonly ownership: Ownership;
  /** Who had it, of a user who became part of this one. */
  readonly former?: { readonly userRef: string; readonly externalId: string };
}

export interface AdoptionDeps {
  readonly adoption: AdoptionPolicy;
  readonly reservations: Reservations;
  readonly system: string;
  /** The instance of the system, where it has several. */
  readonly instance?: string | undefined;
  readonly links: Pick<UserLinks, 'get'>;
  readonly identify: (userId: string) => Promise<{ readonly userRef: string; readonly externalId: string }>;
  /** Milliseconds after which a call whose end nobody saw shows, if it took effect. */
  readonly settleMs: number;
  /** Epoch ms. */
  readonly now: () => number;
}

interface Of {
  readonly userRef: string;
  readonly chosen?: Choice | undefined;
  readonly user: EventUser;
  readonly vouched: boolean;
}

export async function termsOf(
  deps: AdoptionDeps,
  { userRef, chosen, user, vouched }: Of,
): Promise<AdoptionTerms> {
  const { correlate, adopt } = deps.adoption;
  const { reservations } = deps;
  return {
    ...{ traits: correlate.flatMap((rule) => traitOf(rule, user)), adopt, vouched },
    choice: await resolve(deps, chosen),
    take: (accountId, former) => take(deps, { accountId, userRef, former }),
    holds: (accountId) => reservations.holds(accountId, userRef),
    giveBack: (accountId) => reservations.giveBack(accountId, userRef),
  };
}

const PROVABLE = /^(?:email|user_id|app_metadata_.*)$/;

/** None of a user without that attribute. */
function traitOf({ attribute, from }: CorrelationRule, user: EventUser): UserTrait[] {
  const value = Object.hasOwn(user, from) ? user[from] : undefined;
  const isValue = (typeof value === 'string' && value !== '') || typeof value === 'number';
  return isValue ? [{ attribute, value: `${value}`, isProvable: PROVABLE.test(from) }] : [];
}

interface Taking {
  readonly accountId: string;
  readonly userRef: string;
  readonly former: string | undefined;
}

async function take(deps: AdoptionDeps, taking: Taking): Promise<boolean> {
  const { reservations, links, system } = deps;
  const { accountId, userRef, former } = taking;
  const holder = await reservations.take(accountId, userRef, former);
  if (holder === undefined) return true;
  const isFree = async () => hasNothingOf(deps, accountId, await links.get(holder, system));
  if (!(await isFree()) || (await reservations.take(accountId, userRef, holder)) !== undefined) return false;
  // The holder may have come back for it in between: then the claim shows now, and what they found was theirs.
  if (await isFree()) return true;
  await reservations.take(accountId, holder, userRef);
  return false;
}

// Whoever reserved it and is gone since, has another account, or needed none any more before it was theirs. It would
// carry their externalId otherwise, and nobody would take it.
function hasNothingOf(
  { instance, settleMs, now }: Pick<AdoptionDeps, 'instance' | 'settleMs' | 'now'>,
  accountId: string,
  link: UserLink | undefined,
): boolean {
  if (link === undefined || link.state === 'deprovisioned') return true;
  if (link.lease !== undefined || link.state === 'pending') return false;
  // The same id in another instance is another account.
  if (link.instance !== undefined && link.instance !== instance) return true;
  if (link.accountId !== undefined) return link.accountId !== accountId;
  // What they may have sent last shows by now, or was never done.
  return link.creation === undefined || Date.parse(link.updatedAt) + settleMs < now();
}

async function resolve({ identify }: AdoptionDeps, chosen: Choice | undefined) {
  if (chosen === undefined || chosen === 'new') return chosen;
  const { accountId, ownership, from } = chosen;
  if (from === undefined) return { accountId, ownership };
  const former = await identify(from).catch(() => {
    throw new RetryableError('secret-unavailable');
  });
  return { accountId, ownership, former };
}
