import { createRateLimit, type RateLimit } from './rate-limit';

/** What Auth0 counts together. */
export type LimitGroup = 'read-users' | 'write-users' | 'others';

/**
 * Calls at once, and a second, by the plan of the tenant.
 * @see https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy
 */
export const PLANS = {
  free: { everything: { burst: 2, perSecond: 2 } },
  essentials: {
    'read-users': { burst: 40, perSecond: 500 / 60 },
    'write-users': { burst: 20, perSecond: 200 / 60 },
    others: { burst: 10, perSecond: 150 / 60 },
  },
} as const;

export type Plan = keyof typeof PLANS;

/** The group that a call is counted in. */
export function groupOf(method: string, path: string): LimitGroup {
  if (!/^\/users(-by-email)?(\/|$)/.test(path)) return 'others';
  return method === 'GET' ? 'read-users' : 'write-users';
}

/** A bucket for each group, or one for all. @param now epoch ms */
export function createRateLimits(plan: Plan, now: () => number): RateLimit {
  if (plan === 'free') return createRateLimit({ now, ...PLANS.free.everything });
  const limits = PLANS[plan];
  const buckets = {
    'read-users': createRateLimit({ now, ...limits['read-users'] }),
    'write-users': createRateLimit({ now, ...limits['write-users'] }),
    others: createRateLimit({ now, ...limits.others }),
  };
  return { take: (group = 'others') => buckets[group].take() };
}
