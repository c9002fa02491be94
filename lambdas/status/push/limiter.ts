/** True as often as there is something left to spend. */
export type Limiter = () => boolean;

/** At most `ratePerSecond` over time, and as many at one moment. Whoever is refused does without. */
export function createLimiter(ratePerSecond: number, now: () => number): Limiter {
  let left = ratePerSecond;
  let at = now();
  return () => {
    const elapsedMs = Math.max(0, now() - at);
    left = Math.min(ratePerSecond, left + (elapsedMs / 1000) * ratePerSecond);
    at += elapsedMs;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
