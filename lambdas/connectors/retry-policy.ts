/** All times in milliseconds. */
export interface RetryPolicy {
  readonly baseMs: number;
  readonly capMs: number;
  /** Retrying ends when the horizon is over and at least `minAttempts` were made. */
  readonly horizonMs: number;
  readonly minAttempts: number;
}

/** Longest visibility timeout SQS grants, counted per receive. */
const MAX_VISIBILITY_MS = 12 * 60 * 60_000;

/**
 * Exponential backoff with full jitter: many messages that failed together do not come back together.
 * What the system asked for (`retryAfterMs`) wins over our own guess.
 *
 * @param attempt 1 for the first
 * @param random in [0, 1)
 */
export function backoffMs(
  policy: RetryPolicy,
  attempt: number,
  random: number,
  retryAfterMs?: number,
): number {
  if (retryAfterMs !== undefined) return Math.min(retryAfterMs, MAX_VISIBILITY_MS);
  // 2^30 seconds is beyond any cap; the bound keeps the power finite.
  const ceiling = Math.min(policy.capMs, policy.baseMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(ceiling * random);
}

/** True when the budget is used up. */
export function isExhausted(
  policy: RetryPolicy,
  run: { readonly attempts: number; readonly firstAttemptAt: number },
  now: number,
): boolean {
  return run.attempts >= policy.minAttempts && now - run.firstAttemptAt >= policy.horizonMs;
}
