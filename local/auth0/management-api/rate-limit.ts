import { ApiError } from './api-error';
import type { LimitGroup } from './rate-limits';
import { TENANT_LIMITS } from './tenant-limits';

export interface RateLimit {
  /** Takes a call from the bucket and gives the headers of its answer. @param group for whoever counts several */
  take(group?: LimitGroup): {
    readonly headers: Readonly<Record<string, string>>;
    readonly refusal?: ApiError;
  };
}

export interface RateLimitOptions {
  /** Epoch ms. */
  readonly now: () => number;
  readonly burst?: number;
  readonly perSecond?: number;
}

/** A token bucket for all calls of a tenant together. `x-ratelimit-reset` says when there is a token again. */
export function createRateLimit(options: RateLimitOptions): RateLimit {
  const { now, burst = TENANT_LIMITS.burst, perSecond = TENANT_LIMITS.perSecond } = options;
  let tokens: number = burst;
  let filledAt = now();
  return {
    take() {
      tokens = Math.min(burst, tokens + ((now() - filledAt) / 1000) * perSecond);
      filledAt = now();
      const allowed = tokens >= 1;
      if (allowed) tokens -= 1;
      const untilNextMs = tokens >= 1 ? 0 : ((1 - tokens) / perSecond) * 1000;
      const headers = {
        'x-ratelimit-limit': String(burst),
        'x-ratelimit-remaining': String(Math.floor(tokens)),
        'x-ratelimit-reset': String(Math.ceil((now() + untilNextMs) / 1000)),
        // By the same clock, for whoever compares.
        date: new Date(now()).toUTCString(),
      };
      if (allowed) return { headers };
      return { headers, refusal: new ApiError(429, 'Global limit has been reached', 'too_many_requests') };
    },
  };
}
