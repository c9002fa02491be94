import type { BreakerState } from '../../../events/breaker-state';
import { KNOWN_FOR_MS } from '../../system-items/known-item';
import { type BreakerPolicy, LEAST_PAUSE_MS, pausing } from './breaker';

/** An attempt at work for a user that the system may answer by asking for time. */
export interface Attempted {
  readonly userRef: string;
  /** Epoch ms. */
  readonly beganAt: number;
}

type Asked = NonNullable<BreakerState['asked']>;

interface Told extends Attempted {
  readonly forMs: number;
  /** Who was served last, as far as this instance of the function knows. */
  readonly served?: Attempted | undefined;
}

/**
 * The state after a user was told to wait; undefined when that adds nothing to what is known.
 *
 * A system is left alone once two users in a row were told so, in whichever instances of the function: the second by a
 * call that began before the time of the first was over. After a pause one user is enough for the next one, while
 * nobody was served. Of a system that is too busy the second answer comes with the next call, so that little is lost;
 * an account that is told so each time is followed by somebody who is served, and nobody waits for it.
 */
export function asking(
  state: BreakerState,
  { userRef, beganAt, forMs, served }: Told,
  now: number,
  policy: BreakerPolicy,
): BreakerState | undefined {
  const { asked: before } = state;
  const user = tailOf(userRef);
  const asked = { user, beganAt, at: now, forMs: Math.min(forMs, policy.longestPauseMs) };
  const isFirst = before === undefined || beganAt >= endOf(before, state);
  // However many messages an account has that is locked, it is written down once.
  if (!isFirst && before.user === user) return undefined;
  if (isFirst || before.served || isServed(before, served))
    return forMs < LEAST_PAUSE_MS ? undefined : { ...state, asked };
  // One of the two may have been told for how long its own account is locked.
  const paused = pausing(state, Math.min(forMs, before.forMs), now, policy);
  return paused && { ...paused, asked };
}

/** The state after somebody was served; undefined when that adds nothing to what is known. */
export function serving(state: BreakerState, attempted: Attempted): BreakerState | undefined {
  const { asked } = state;
  if (asked === undefined || !isInDoubt(state, attempted.beganAt) || !isServed(asked, attempted))
    return undefined;
  return { ...state, asked: { ...asked, served: true } };
}

/** While one more user who is told to wait, or is served, decides for all. */
const KNOWN_IN_DOUBT_FOR_MS = 250;

/** For how long a state that was read at a time may be taken for what it is now. */
export function knownForMs(state: BreakerState, readAt: number): number {
  const { pausedUntil = 0, probeAt = 0 } = state;
  const waitMs = Math.max(pausedUntil, probeAt) - readAt;
  // Once the wait is over somebody else may have begun the next one.
  if (waitMs > 0) return Math.min(waitMs, KNOWN_FOR_MS);
  return isInDoubt(state, readAt) ? KNOWN_IN_DOUBT_FOR_MS : KNOWN_FOR_MS;
}

const isInDoubt = (state: BreakerState, at: number): boolean =>
  state.asked !== undefined && !state.asked.served && at < endOf(state.asked, state);

// After a pause the time begins anew: who comes first then says whether it was long enough.
const endOf = ({ at, forMs }: Asked, { pausedUntil = 0 }: BreakerState) => Math.max(at, pausedUntil) + forMs;

// A call that began before says nothing of the time after it, and one of the same user nothing of the others.
const isServed = (asked: Asked, served: Attempted | undefined): boolean =>
  served !== undefined && served.beganAt >= asked.beganAt && tailOf(served.userRef) !== asked.user;

// Tells two users apart, and does not say who it was: the item outlives an erasure, and one of 65,536 ends the same.
const tailOf = (userRef: string) => userRef.slice(-3);
