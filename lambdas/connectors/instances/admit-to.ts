import { RetryableError } from '../connector';
import type { Refused } from '../gate/gate';
import { type Sample, UNCLEAR } from '../gate/sample-of';
import type { PlacedDeps } from '../provision-deps';

/** A place that may be called, and where it is said how that went. */
export interface Site {
  readonly deps: PlacedDeps;
  readonly settle: (sample: Sample) => Promise<void>;
}

/** A place that may not be called now. */
export interface Barred {
  readonly instance: string | undefined;
  readonly error: RetryableError;
}

export type AdmittedTo = {
  readonly admitted: true;
  readonly sites: readonly Site[];
  readonly barred: readonly Barred[];
  /** Says of every place of which nothing was said that nothing is known: the next one finds out. */
  readonly leave: () => Promise<void>;
};

/** Which of the places may be called; where none may, the refusal that ends first. */
export async function admitTo(places: readonly PlacedDeps[], userRef: string): Promise<AdmittedTo | Refused> {
  const sites: Site[] = [];
  const barred: Barred[] = [];
  let first: Refused | undefined;
  for (const deps of places) {
    const entry = await deps.gate.admit(userRef);
    if (entry.admitted) sites.push({ deps, settle: entry.settle });
    else {
      barred.push({ instance: deps.instance, error: new RetryableError(entry.code, entry.forMs) });
      if (first === undefined || entry.forMs < first.forMs) first = entry;
    }
  }
  if (sites.length === 0 && first !== undefined) return first;
  const leave = async () => {
    for (const { settle } of sites) await settle(UNCLEAR);
  };
  return { admitted: true, sites, barred, leave };
}
