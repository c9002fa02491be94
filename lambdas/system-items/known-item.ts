import type { Shared, SharedItem } from './shared-item';

/** For so long a worker may not know what another one wrote. */
export const KNOWN_FOR_MS = 5_000;
/** Each failed write means that somebody else got on. */
const MOST_WRITES = 10;

/** A shared item as one instance of a function knows it: a message costs no read while others were read for lately. */
export interface KnownItem<T> {
  /** At most {@link KNOWN_FOR_MS} old, or as old as it is when it cannot be read. */
  look(): Promise<T>;
  /**
   * Writes what `next` makes of the value, anew when another worker was faster. `undefined` writes nothing.
   * Rejects when the table fails.
   */
  change(next: (value: T) => T | undefined): Promise<Change<T>>;
}

/** The value as it is now, and whether it was this change that made it so. */
export interface Change<T> {
  readonly value: T;
  readonly written: boolean;
}

export interface KnownItemDeps<T> {
  readonly item: SharedItem<T>;
  /** The value of an item that is not there yet. */
  readonly initial: T;
  /** Epoch ms. */
  readonly now: () => number;
  readonly onUnreadable: (error: unknown) => void;
  /** How old what is known may be. @default {@link KNOWN_FOR_MS} */
  readonly knownForMs?: (value: T, readAt: number) => number;
  /** How often a change is tried. @default 10 */
  readonly mostWrites?: number;
}

export function createKnownItem<T>(deps: KnownItemDeps<T>): KnownItem<T> {
  const { item, initial, now, onUnreadable, mostWrites = MOST_WRITES } = deps;
  const { knownForMs = () => KNOWN_FOR_MS } = deps;
  let known: Promise<Shared<T> | undefined> = Promise.resolve(undefined);
  let knownAt = Number.NEGATIVE_INFINITY;
  let latest = initial;
  let lastChange: Promise<unknown> = Promise.resolve();

  const keep = (reading: Promise<Shared<T> | undefined>) => {
    known = reading;
    knownAt = now();
    void reading.then((shared) => {
      if (shared !== undefined) latest = shared.value;
    });
    return reading;
  };
  const current = (): Promise<Shared<T> | undefined> => {
    if (now() - knownAt < knownForMs(latest, knownAt)) return known;
    const last = known;
    // The promise is kept, so that a batch of ten reads once.
    return keep(
      item.read().catch((error) => {
        onUnreadable(error);
        return last;
      }),
    );
  };
  const changeNow = async (next: (value: T) => T | undefined): Promise<Change<T>> => {
    let shared = await current();
    for (let write = 0; write < mostWrites; write += 1) {
      const value = next(shared?.value ?? initial);
      if (value === undefined) break;
      if (await item.write(value, shared)) {
        keep(Promise.resolve({ value, revision: (shared?.revision ?? 0) + 1 }));
        return { value, written: true };
      }
      shared = await item.read();
      keep(Promise.resolve(shared));
    }
    return { value: shared?.value ?? initial, written: false };
  };
  return {
    look: async () => (await current())?.value ?? initial,
    // One after the other: a batch of ten would only race against itself.
    change: (next) => {
      const change = lastChange.then(() => changeNow(next));
      lastChange = change.catch(() => {});
      return change;
    },
  };
}
