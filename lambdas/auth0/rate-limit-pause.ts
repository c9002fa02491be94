import { type HttpAnswer, retryAfterMs } from '../runtime/http';

/** Where Auth0 does not say how long. */
export const USUAL_PAUSE_MS = 2_000;
const LEAST_PAUSE_MS = 1_000;
/** For somebody who waits, and asks again by themselves. */
const LONGEST_PAUSE_MS = 60_000;

/** Milliseconds until Auth0 takes calls again, by its own clock where it says one. */
export function pauseOf({ headers }: HttpAnswer, now: number): number {
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN) * 1_000;
  const clock = Date.parse(headers.get('date') ?? '') || now;
  const ms = retryAfterMs(headers, now) ?? reset - clock;
  return Number.isNaN(ms) ? USUAL_PAUSE_MS : Math.max(ms, LEAST_PAUSE_MS);
}

export const withinReason = (ms: number): number => Math.min(Math.max(ms, LEAST_PAUSE_MS), LONGEST_PAUSE_MS);
