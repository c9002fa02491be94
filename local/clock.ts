/** Virtual time of a run: it starts at the real time and passes `scale` times as fast. */
export interface Clock {
  /** Virtual milliseconds since the epoch. */
  now(): number;
  readonly scale: number;
  /** Real (and virtual) milliseconds since the epoch at which the clock began. */
  readonly startedAt: number;
  /** How long one really waits for this much virtual time to pass. */
  realDelayMs(virtualMs: number): number;
}

export function createClock(scale = 1, realNow: () => number = Date.now): Clock {
  if (!(scale >= 1)) throw new RangeError(`time scale is ${scale}, allowed are numbers from 1 upwards`);
  const startedAt = realNow();
  return {
    scale,
    startedAt,
    now: () => startedAt + (realNow() - startedAt) * scale,
    realDelayMs: (virtualMs) => virtualMs / scale,
  };
}
