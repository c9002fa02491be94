import type { BreakerState } from '../../../events/breaker-state';
import type { RetryCode } from '../../../events/codes';

/** All times in milliseconds. */
export interface BreakerPolicy {
  /** The breaker opens when of at least so many users this part fails, in percent. */
  readonly minimumUsers: number;
  readonly failurePercent: number;
  /** What is older does not count. */
  readonly windowMs: number;
  /** The first pause; each further one is twice as long. */
  readonly pauseMs: number;
  readonly longestPauseMs: number;
  /** After this time a probe whose end nobody saw is given to somebody else. */
  readonly probeMs: number;
}

export type Admission =
  | { readonly do: 'go' }
  /** Goes once `next` is written: it is the probe. */
  | { readonly do: 'probe'; readonly next: BreakerState }
  | {
      readonly do: 'wait';
      readonly code: RetryCode & ('breaker-open' | 'remote-throttled');
      readonly forMs: number;
    };

/** Whether a message may be worked on now. */
export function admissionOf(
  state: BreakerState,
  now: number,
  token: string,
  { probeMs }: BreakerPolicy,
): Admission {
  const { pausedUntil = 0, probeAt = 0, probe } = state;
  if (now < pausedUntil) return { do: 'wait', code: 'remote-throttled', forMs: pausedUntil - now };
  if (state.state === 'closed') return { do: 'go' };
  if (now < probeAt) return { do: 'wait', code: 'breaker-open', forMs: probeAt - now };
  // Most probes end within a second: whoever meets one comes back soon.
  if (probe !== undefined && now < probe.until) return { do: 'wait', code: 'breaker-open', forMs: 0 };
  const next = { ...state, state: 'half-open' as const, probe: { token, until: now + probeMs } };
  return { do: 'probe', next };
}

/** The state after too many users failed with `code`. */
export function tripped(
  state: BreakerState,
  now: number,
  code: RetryCode,
  policy: BreakerPolicy,
): BreakerState {
  // One that closed a moment ago and opens again was not well: its pauses go on from where they were.
  const isRelapse = state.openings > 0 && now - state.since < policy.windowMs;
  const openings = isRelapse ? state.openings + 1 : 1;
  return {
    ...pauseOf(state),
    state: 'open',
    since: now,
    openings,
    code,
    probeAt: now + pauseMs(openings, policy),
  };
}

/** How a probe ended; `unclear` when it never came to a call that says something of the system. */
export type ProbeEnd = 'well' | 'unclear' | RetryCode;

/**
 * The state after the probe of `token`; undefined when the probe is somebody else's by now.
 *
 * @param askedMs for how long the system asked the probe to wait
 */
export function probed(
  state: BreakerState,
  token: string,
  end: ProbeEnd,
  now: number,
  policy: BreakerPolicy,
  askedMs = 0,
): BreakerState | undefined {
  if (state.probe?.token !== token) return undefined;
  const { probe: _probe, ...rest } = state;
  // The next message is the next probe. Of a system that was not well one user's word is enough to wait, but no longer
  // than for a failure: it may be for how long one account is locked.
  const waitMs = Math.min(askedMs, pauseMs(state.openings, policy));
  if (end === 'unclear') return { ...rest, state: 'open', probeAt: now + waitMs };
  if (end === 'well') return { ...pauseOf(state), state: 'closed', since: now, openings: state.openings };
  const openings = state.openings + 1;
  return { ...rest, state: 'open', openings, code: end, probeAt: now + pauseMs(openings, policy) };
}

/** A pause shorter than this is not worth a write for all workers: the message itself waits anyway. */
export const LEAST_PAUSE_MS = 1_000;

/** The state after the system asked to be left alone; undefined when that adds nothing to what is known. */
export function pausing(
  state: BreakerState,
  forMs: number,
  now: number,
  { longestPauseMs }: BreakerPolicy,
): BreakerState | undefined {
  const pausedUntil = now + Math.min(forMs, longestPauseMs);
  const known = Math.max(state.pausedUntil ?? 0, now);
  return pausedUntil - known < LEAST_PAUSE_MS ? undefined : { ...state, pausedUntil };
}

const pauseOf = ({ pausedUntil }: BreakerState) => (pausedUntil === undefined ? {} : { pausedUntil });

function pauseMs(openings: number, policy: BreakerPolicy): number {
  // 2^30 times any pause is beyond any bound; it keeps the power finite.
  return Math.min(policy.longestPauseMs, policy.pauseMs * 2 ** Math.min(openings - 1, 30));
}
