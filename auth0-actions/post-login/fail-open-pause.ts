import type { Emission } from '../emit/emit';
import type { EmitCode } from '../emit/emit-codes';
import type { PostLoginApi } from '../types';

/** For so long nobody is made to wait after somebody was. */
export const PAUSE_MS = 30_000;
/** Nobody notices less. */
export const NOTICED_MS = 500;
/** Somebody waited, and for something. */
const WELL: ReadonlySet<EmitCode> = new Set(['emitted', 'answered']);
const KEY = 'punctual-pause';

type Caching = Pick<PostLoginApi, 'cache'>;

export interface FailOpenPause {
  /** Does the work, unless an API that lets people wait was seen a moment ago: then it ends with `paused`. */
  around<Ended extends Emission>(work: () => Promise<Ended>, api: Caching): Promise<Ended | Emission>;
}

/**
 * One wait for nothing is what a person may lose to us, and one is enough for all who come after. An instance keeps it in
 * mind; the cache may tell others.
 * @param now epoch ms
 */
export function createFailOpenPause(now: () => number): FailOpenPause {
  let until = 0;
  return {
    async around(work, api) {
      until = Math.max(until, untilOf(api, now()));
      if (now() < until) return { code: 'paused' };
      const startedAt = now();
      const emission = await work();
      const isNoticed = emission.code === 'timed-out' || now() - startedAt >= NOTICED_MS;
      if (!WELL.has(emission.code) && isNoticed) {
        until = now() + PAUSE_MS;
        tell(api, until);
      }
      return emission;
    },
  };
}

// A pause that would last longer than ours is none of ours.
function untilOf(api: Caching, now: number): number {
  try {
    const until = Number(api.cache.get(KEY)?.value);
    return until <= now + PAUSE_MS ? until : 0;
  } catch {
    return 0;
  }
}

function tell(api: Caching, until: number): void {
  try {
    api.cache.set(KEY, `${until}`, { ttl: PAUSE_MS });
  } catch {
    // Then each instance finds out for itself.
  }
}
