import { type Standing, standingOf } from '../../../events/readiness';
import type { LinkChange } from '../link-change';
import { type ShownSystem, withGrant } from '../status-settings';

/** What one person on the status page sees change. */
export interface Seen {
  readonly userRef: string;
  /** By the name of the system. */
  readonly standings: ReadonlyMap<string, Standing>;
}

/** Whoever sees something of these changes of links, each system as it stands after the last of them. */
export function standingChanges(changes: readonly LinkChange[], systems: readonly ShownSystem[]): Seen[] {
  // Whoever listens may wait for what was granted, and is not to hear of what was there before.
  const expected = withGrant(systems, Number.POSITIVE_INFINITY);
  const people = new Map<string, Map<string, Standing>>();
  for (const { before, after } of changes) {
    const link = after ?? before;
    const system = expected.find(({ name }) => name === link?.system);
    if (link === undefined || system === undefined) continue;
    const standing = standingOf(after, system);
    // Most changes of a link are of no interest to the person: an attempt, a lease, a time.
    if (standing === standingOf(before, system)) continue;
    const standings = people.get(link.userRef) ?? new Map<string, Standing>();
    people.set(link.userRef, standings.set(link.system, standing));
  }
  return [...people].map(([userRef, standings]) => ({ userRef, standings }));
}
