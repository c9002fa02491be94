/** All times in milliseconds. */
export interface RetryPolicy {
  readonly baseMs: number;
  readonly capMs: number;
  /** Retrying ends when the horizon is over and at least `minAttempts` were made. */
  readonly horizonMs: number;
  readonly minAttempts: number;
  /** A message that is in its queue for so long is given up, whatever it waits for: the queue would forget it. */
  readonly budgetMs: number;
}

/** SQS grants 12 hours counted from the receive, so a wait that begins after some work must be shorter. */
const LONGEST_WAIT_MS = 11 * 60 * 60_000;

/**
 * Exponential backoff with full jitter: many messages that failed together do not come back together.
 * What the system asked for (`retryAfterMs`) is the least it gets. It does not replace our own backoff: a system
 * that says "in 0 seconds" for a day would use up the receives of its messages within minutes.
 *
 * @param attempt 1 for the first
 * @param random in [0, 1)
 */
export function backoffMs(policy: RetryPolicy, attempt: number, random: number, retryAfterMs = 0): number {
  // 2^30 seconds is beyond any cap; the bound keeps the power finite.
  const ceiling = Math.min(policy.capMs, policy.baseMs * 2 ** Math.min(attempt - 1, 30));
  return Math.min(Math.max(retryAfterMs, Math.round(ceiling * random)), LONGEST_WAIT_MS);
}

/**
 * Milliseconds that a message is put off which may not be tried for `forMs`. What comes on top grows with its
 * deliveries, and is never below half of what backoff may be: a message that only waits must not use up its receives,
 * and a crowd that waits must not come back at once.
 */
export function putOffMs(policy: RetryPolicy, deliveries: number, random: number, forMs: number): number {
  const ceiling = Math.min(policy.capMs, policy.baseMs * 2 ** Math.min(deliveries - 1, 30));
  return Math.min(Math.round(forMs + (ceiling * (1 + random)) / 2), LONGEST_WAIT_MS);
}

export interface Run {
  readonly attempts: number;
  readonly firstAttemptAt: number;
  /** Epoch ms at which the message came into its queue. */
  readonly queuedAt: number;
}

/** True when the budget is used up. */
export function isExhausted(policy: RetryPolicy, run: Run, now: number): boolean {
  const isTriedEnough = run.attempts >= policy.minAttempts && now - run.firstAttemptAt >= policy.horizonMs;
  // It may have waited long before its first attempt.
  return isTriedEnough || now - run.queuedAt >= policy.budgetMs;
}
