import type { Refused } from '../gate/gate';
import { type Sample, UNCLEAR } from '../gate/sample-of';
import type { PlacedDeps } from '../provision-deps';

/** A place that may be called, and where it is said how that went. */
export interface Site {
  readonly deps: PlacedDeps;
  readonly settle: (sample: Sample) => Promise<void>;
}

export type AdmittedTo = {
  readonly admitted: true;
  readonly sites: readonly Site[];
  /** Says of every place of which nothing was said that nothing is known: the next one finds out. */
  readonly leave: () => Promise<void>;
};

/** Whether all of the places may be called; the refusal of one that may not. */
export async function admitTo(places: readonly PlacedDeps[], userRef: string): Promise<AdmittedTo | Refused> {
  const sites: Site[] = [];
  const leave = async () => {
    for (const { settle } of sites) await settle(UNCLEAR);
  };
  for (const deps of places) {
    const entry = await deps.gate.admit(userRef);
    if (!entry.admitted) {
      await leave();
      return entry;
    }
    sites.push({ deps, settle: entry.settle });
  }
  return { admitted: true, sites, leave };
}
