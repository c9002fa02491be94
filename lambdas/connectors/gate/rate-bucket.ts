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
  /** Epoch ms at which each call may be made, in order. */
  readonly times: readonly number[];
}

/**
 * Gives away `wanted` turns, or as many as come within `withinMs`. A bucket of tokens, kept as the one moment at which
 * it would be full: whoever takes a turn moves it on by the time that a token needs to come back.
 */
export function takeTurns(
  { nextAt }: RateState,
  { perSecond, burst }: Rate,
  asked: { readonly wanted: number; readonly now: number; readonly withinMs: number },
): Turns {
  const intervalMs = 1000 / perSecond;
  const first = Math.max(nextAt, asked.now - (burst - 1) * intervalMs);
  const all = Array.from({ length: asked.wanted }, (_, turn) => first + turn * intervalMs);
  const inTime = all.filter((at) => at - asked.now <= asked.withinMs);
  return {
    next: { nextAt: first + inTime.length * intervalMs },
    times: inTime.map((at) => Math.max(at, asked.now)),
  };
}
