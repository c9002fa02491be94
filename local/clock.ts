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

/** When a clock began, and how fast it goes: enough for another thread to have the same time. */
export type ClockFace = Pick<Clock, 'startedAt' | 'scale'>;

/** Virtual epoch ms of a clock with this face. */
export function virtualNow({ startedAt, scale }: ClockFace, realNow: number): number {
  return startedAt + (realNow - startedAt) * scale;
}

export function createClock(scale = 1, realNow: () => number = Date.now): Clock {
  if (!(scale >= 1)) throw new RangeError(`time scale is ${scale}, allowed are numbers from 1 upwards`);
  const startedAt = realNow();
  return {
    scale,
    startedAt,
    now: () => virtualNow({ startedAt, scale }, realNow()),
    realDelayMs: (virtualMs) => virtualMs / scale,
  };
}
