import { bringsAccount, type JitRule } from '../../events/jit-rule';
import type { ExpectedSystem } from '../../events/readiness';
import type { Brand } from '../../status-page/layout/brand';

/** A system as the status page names it. */
export interface ShownSystem extends Omit<ExpectedSystem, 'jit' | 'promisedMsAgo'> {
  readonly label: string;
  /** Left out where every connection brings accounts. */
  readonly jitRule?: JitRule;
  /** It gives out what an invitation grants. */
  readonly grants?: true;
}

/** What the configuration says of logins, put into the bundles that know it: it is more than fits into variables. */
export interface StatusSettings {
  /** Those that take events, in the order of the configuration. */
  readonly systems: readonly ShownSystem[];
  /** How long a login may wait, counted from the Action's redirect. */
  readonly deadlineMs: number;
  /** What becomes of a login for which a required system failed. */
  readonly onFailed: 'continue' | 'stop';
  readonly brand: Brand;
}

/** The systems as they are to know a person who comes by `connection`; undefined where that is not known. */
export function expectedFor(
  systems: readonly ShownSystem[],
  connection: string | undefined,
): (ShownSystem & ExpectedSystem)[] {
  if (connection === undefined) return [...systems];
  return systems.map((system) => ({ ...system, jit: bringsAccount(system.jitRule ?? null, connection) }));
}

/** The same where an invitation was redeemed `redeemedMsAgo` in the login that waits; undefined where none was. */
export function withGrant<System extends ShownSystem & ExpectedSystem>(
  systems: readonly System[],
  redeemedMsAgo: number | undefined,
): System[] {
  if (redeemedMsAgo === undefined) return [...systems];
  return systems.map((system) =>
    system.grants ? { ...system, promisedMsAgo: Math.max(0, redeemedMsAgo) } : system,
  );
}
