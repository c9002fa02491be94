import type { JitRule } from '../../events/jit-rule';
import type { UserLinks } from '../user-links/user-link-repository';
import type { AdoptionDeps } from './accounts/adoption';
import type { ProvisionAt } from './asking';
import type { Connector } from './connector';
import type { Gate } from './gate/gate';
import type { Handover } from './hand-over/handover';
import type { CountryRule } from './instances/country-rule';
import type { Mapping } from './intent/mapping';
import type { Scope } from './intent/scope';
import type { LeavePolicy } from './leaving/ending-of';
import type { RetryPolicy } from './outcome/retry-policy';

/** The way into a system, or into one of its instances, and what guards it. */
export interface Way extends Pick<AdoptionDeps, 'reservations'> {
  /** The system is looked into, or told. */
  readonly connector: Connector | Handover;
  /** Asked before a claim: an attempt that may not call the system is none. */
  readonly gate: Gate;
}

/** The ways into a system that has several instances, by their names. */
export interface Instances {
  readonly rule: CountryRule;
  readonly ways: ReadonlyMap<string, Way>;
}

/** One way, or one for each instance. */
export type Ways = Way | { readonly instances: Instances };

/** What the worker of a system needs whatever the instance. */
export interface CommonDeps extends Omit<AdoptionDeps, 'reservations' | 'instance'> {
  readonly system: string;
  readonly links: UserLinks;
  readonly mapping: Mapping;
  readonly scope: Scope;
  readonly provisionAt: ProvisionAt;
  /** Which connections bring accounts; null where all of them do. */
  readonly jit: JitRule | null;
  /** Names of the systems that are to have an account of a user first. */
  readonly after: readonly string[];
  /** True where accounts are what invitations bring, so that each of them counts, whenever it is told. @default false */
  readonly byInvitation?: boolean;
  readonly identify: (userId: string) => Promise<Identity>;
  /** Name of an account that says nothing of whose it is. */
  readonly accountRefOf: (accountId: string, instance?: string) => Promise<string>;
  /** Counts an account that is about to go. False when too many went already. */
  readonly admitDeletion: () => Promise<boolean>;
  /** Epoch ms. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  readonly newToken: () => string;
  readonly leaseMs: number;
  readonly settleMs: number;
  readonly retry: RetryPolicy;
  readonly leave: LeavePolicy;
  /** Milliseconds that a system which makes its accounts itself has to say so. @default it never does */
  readonly signOffMs?: number;
}

/** What the worker of a system needs to provision users in it. */
export type ProvisionDeps = CommonDeps & Ways;

/** The same where it is known which instance a user's account is in. */
export type PlacedDeps = CommonDeps & Way & Pick<AdoptionDeps, 'instance'>;

export interface Identity {
  readonly userRef: string;
  readonly externalId: string;
}
