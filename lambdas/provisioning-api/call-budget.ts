/** How many calls may be made, so that what is called has room for others. */
export interface CallBudget {
  /** Takes one; 0, or the milliseconds after which there is one. */
  take(): number;
  /** None for so many milliseconds. */
  closeFor(ms: number): void;
}

export function createCallBudget(
  { atOnce, perSecond }: { readonly atOnce: number; readonly perSecond: number },
  now: () => number,
): CallBudget {
  let left = atOnce;
  let filledAt = now();
  let closedUntil = Number.NEGATIVE_INFINITY;
  return {
    take() {
      const at = now();
      left = Math.min(atOnce, left + (Math.max(0, at - filledAt) / 1_000) * perSecond);
      filledAt = at;
      if (at < closedUntil) return closedUntil - at;
      if (left < 1) return ((1 - left) / perSecond) * 1_000;
      left -= 1;
      return 0;
    },
    closeFor(ms) {
      closedUntil = Math.max(closedUntil, now() + ms);
    },
  };
}
