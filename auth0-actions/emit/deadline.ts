/** One time-out for everything that happens until `stop`. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Resolves at the deadline; never rejects. */
  readonly expired: Promise<void>;
  stop(): void;
}

/**
 * A single signal for all attempts keeps the sum of them inside the budget without arithmetic. Whoever waits
 * races `expired` too, because a fetch that ignores its signal must not hold a registration either.
 */
export function startDeadline(budgetMs: number): Deadline {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expired = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      resolve();
      controller.abort();
    }, budgetMs);
  });
  return { signal: controller.signal, expired, stop: () => clearTimeout(timer) };
}
