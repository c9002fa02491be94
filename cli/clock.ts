/** Time as AWS sees it, learned from the `Date` of its answers. */
export interface AwsClock {
  now(): number;
  /** The `Date` header of an answer that came just now. */
  learn(date: string | null | undefined): void;
  /** How far the local clock is ahead, in ms; undefined while nothing answered. */
  aheadMs(): number | undefined;
}

/** Below this, AWS's own rounding to seconds and the way of the answer say nothing of the clock. */
const NOTHING_MS = 2_000;

export function createAwsClock(localNow: () => number): AwsClock {
  let ahead: number | undefined;
  return {
    now: () => localNow() - (ahead === undefined || Math.abs(ahead) < NOTHING_MS ? 0 : ahead),
    learn(date) {
      const told = Date.parse(date ?? '');
      if (!Number.isNaN(told)) ahead = localNow() - told;
    },
    aheadMs: () => ahead,
  };
}
