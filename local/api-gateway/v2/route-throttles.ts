import type { Clock } from '../../clock';
import { TokenBucket } from '../token-bucket';
import type { StageDefinition } from './definitions';

/** Whether a request of the route may pass now: its own limit first, then that of the whole account. */
export type AdmitRoute = (routeKey: string) => boolean;

/** Each route has a bucket of its own, with the limits of the stage where it has none. */
export function createRouteThrottles(
  { throttle, routeThrottles }: StageDefinition,
  clock: Clock,
  account: { take(): boolean },
): AdmitRoute {
  const buckets = new Map<string, TokenBucket>();
  const bucketOf = (routeKey: string) => {
    const limit = routeThrottles[routeKey] ?? throttle;
    const bucket = buckets.get(routeKey) ?? (limit && new TokenBucket(limit, clock));
    if (bucket) buckets.set(routeKey, bucket);
    return bucket;
  };
  return (routeKey) => (bucketOf(routeKey)?.take() ?? true) && account.take();
}
