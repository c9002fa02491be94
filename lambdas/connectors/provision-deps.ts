import type { UserLinks } from '../user-links/user-link-repository';
import type { AdoptionDeps } from './accounts/adoption';
import type { ProvisionAt } from './asking';
import type { Connector } from './connector';
import type { Gate } from './gate/gate';
import type { Handover } from './hand-over/handover';
import type { Mapping } from './intent/mapping';
import type { Scope } from './intent/scope';
import type { LeavePolicy } from './leaving/ending-of';
import type { RetryPolicy } from './outcome/retry-policy';

/** What the worker of a system needs to provision users in it. */
export interface ProvisionDeps extends AdoptionDeps {
  readonly system: string;
  readonly links: UserLinks;
  /** The way into the system: it is looked into, or told. */
  readonly connector: Connector | Handover;
  readonly mapping: Mapping;
  readonly scope: Scope;
  readonly provisionAt: ProvisionAt;
  /** Names of the systems that are to have an account of a user first. */
  readonly after: readonly string[];
  readonly identify: (userId: string) => Promise<Identity>;
  /** Name of an account that says nothing of whose it is. */
  readonly accountRefOf: (accountId: string) => Promise<string>;
  /** Asked before a claim: an attempt that may not call the system is none. */
  readonly gate: Gate;
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

export interface Identity {
  readonly userRef: string;
  readonly externalId: string;
}
