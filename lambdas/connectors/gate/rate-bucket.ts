import type { RateState } from '../../../events/rate-state';

/** How often a system may be called. */
export interface Rate {
  readonly perSecond: number;
  /** Calls that may come at once after a pause. */
  readonly burst: number;
}

/** Nobody called yet: the bucket is full. */
export const FULL: RateState = { nextAt: 0 };

export interface Turns {
  readonly next: RateState;
  /** Epoch ms at which each call may be made, in order; undefined for one whose turn would come too late. */
  readonly times: readonly (number | undefined)[];
}

/**
 * Gives a turn to each who asks, if it comes until their `latest`, in epoch ms. A bucket of tokens, kept as the one
 * moment at which it would be full: whoever takes a turn moves it on by the time that a token needs to come back.
 */
export function takeTurns(
  { nextAt }: RateState,
  { perSecond, burst }: Rate,
  { latest, now }: { readonly latest: readonly number[]; readonly now: number },
): Turns {
  const intervalMs = 1000 / perSecond;
  const first = Math.max(nextAt, now - (burst - 1) * intervalMs);
  let given = 0;
  const times = latest.map((until) => {
    const at = first + given * intervalMs;
    if (at > until) return undefined;
    given += 1;
    return Math.max(at, now);
  });
  return { next: { nextAt: first + given * intervalMs }, times };
}
