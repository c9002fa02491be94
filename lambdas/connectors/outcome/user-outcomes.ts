import type { BreakerPolicy } from '../gate/breaker';

/** So many users say enough, and a system that fails for all of them is not asked for minutes more. */
const MOST_USERS = 100;

/** How the last attempt of each of the latest users ended, as far as this instance of the function saw it. */
export interface UserOutcomes {
  /**
   * Takes the place of what was known of the user: one that fails again and again counts once.
   *
   * @param since epoch ms since when the breaker was closed as the attempt began; nothing from before it counts
   */
  note(userRef: string, since: number, failed: boolean): void;
  /** True when too many users fail. */
  areBad(): boolean;
}

export function createUserOutcomes(
  policy: Pick<BreakerPolicy, 'minimumUsers' | 'failurePercent' | 'windowMs'>,
  now: () => number,
): UserOutcomes {
  // In the order in which they were noted.
  const outcomes = new Map<string, { readonly failed: boolean; readonly at: number }>();
  let period = Number.NEGATIVE_INFINITY;
  const dropOld = () => {
    for (const [userRef, { at }] of outcomes) {
      if (outcomes.size <= MOST_USERS && now() - at < policy.windowMs) return;
      outcomes.delete(userRef);
    }
  };
  return {
    note(userRef, since, failed) {
      if (since < period) return;
      if (since > period) outcomes.clear();
      period = since;
      outcomes.delete(userRef);
      outcomes.set(userRef, { failed, at: now() });
      dropOld();
    },
    areBad() {
      dropOld();
      const failed = [...outcomes.values()].filter((outcome) => outcome.failed).length;
      return outcomes.size >= policy.minimumUsers && failed * 100 >= outcomes.size * policy.failurePercent;
    },
  };
}
