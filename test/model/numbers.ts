export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const SETTLE_MS = 15 * SECOND;
/** By how much the clock of a worker is wrong at most. */
export const SKEW_MS = 2 * SECOND;
/**
 * What a call does shows this long after it was sent at the latest, its place in the index included. One worker writes
 * down until when to wait and another one reads it, so that the wait must be longer by what their clocks differ.
 */
export const LATE_MS = SETTLE_MS - 2 * SKEW_MS - 1;
/** A system that says that it made an account is believed, however late a search finds it. */
export const VERY_LATE_MS = HOUR;
/** Lambda ends a function that takes longer. */
export const FUNCTION_TIMEOUT_MS = 30 * SECOND;
/** As short as it may be: only clocks that differ lie between the end of the function and the end of its lease. */
export const LEASE_MS = FUNCTION_TIMEOUT_MS + 2 * SKEW_MS + SECOND;
export const LEAVE = {
  ending: 'delete',
  afterMs: 15 * MINUTE,
  graceMs: 30 * DAY,
  onLeaveScope: 'delete',
} as const;
/** Accounts that may go within a window. */
export const THRESHOLD = { accounts: 1, windowMs: DAY };
/** Opens when both users fail, so that it opens now and then. */
export const BREAKER = {
  minimumUsers: 2,
  failurePercent: 100,
  windowMs: 5 * MINUTE,
  pauseMs: 30 * SECOND,
  longestPauseMs: 10 * MINUTE,
  probeMs: LEASE_MS,
};
