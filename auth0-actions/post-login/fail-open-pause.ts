import type { Emission } from '../emit/emit';
import type { EmitCode } from '../emit/emit-codes';
import type { PostLoginApi } from '../types';

/** For so long nobody is made to wait for an API after somebody was. */
export const PAUSE_MS = 30_000;
/** Nobody notices less. */
export const NOTICED_MS = 500;
/** Somebody waited, and for something. */
const WELL: ReadonlySet<EmitCode> = new Set(['emitted', 'answered']);
const KEY = 'punctual-pause-';

/** What a login may wait for. Each is up or down by itself. */
const APIS = ['events', 'status', 'invitations'] as const;
export type PausedApi = (typeof APIS)[number];

type Caching = Pick<PostLoginApi, 'cache'>;

export interface Waiting<Ended extends Emission> {
  readonly on: PausedApi;
  /** What the login has left for it. */
  readonly budgetMs: number;
  readonly work: (budgetMs: number) => Promise<Ended>;
}

export interface FailOpenPause {
  /** Does the work, unless its API let somebody wait for nothing a moment ago: then it ends with `paused`. */
  around<Ended extends Emission>(waiting: Waiting<Ended>, api: Caching): Promise<Ended | Emission>;
}

/**
 * One wait for nothing is what a person may lose to us, and one is enough for all who come after: while an API is
 * paused, the others are asked for as long as nobody notices. An instance keeps it in mind; the cache may tell others.
 * @param now epoch ms
 */
export function createFailOpenPause(now: () => number): FailOpenPause {
  const until = new Map<PausedApi, number>();
  const isPaused = (name: PausedApi, api: Caching) => {
    until.set(name, Math.max(until.get(name) ?? 0, untilOf(name, api, now())));
    return now() < (until.get(name) ?? 0);
  };
  return {
    async around({ on, budgetMs, work }, api) {
      const paused = APIS.filter((name) => isPaused(name, api));
      if (paused.includes(on)) return { code: 'paused' };
      const startedAt = now();
      const emission = await work(paused.length === 0 ? budgetMs : Math.min(budgetMs, NOTICED_MS));
      const isNoticed = emission.code === 'timed-out' || now() - startedAt >= NOTICED_MS;
      if (!WELL.has(emission.code) && isNoticed) {
        until.set(on, now() + PAUSE_MS);
        tell(on, api, now() + PAUSE_MS);
      }
      return emission;
    },
  };
}

// A pause that would last longer than ours is none of ours.
function untilOf(name: PausedApi, api: Caching, now: number): number {
  try {
    const until = Number(api.cache.get(`${KEY}${name}`)?.value);
    return until <= now + PAUSE_MS ? until : 0;
  } catch {
    return 0;
  }
}

function tell(name: PausedApi, api: Caching, until: number): void {
  try {
    api.cache.set(`${KEY}${name}`, `${until}`, { ttl: PAUSE_MS });
  } catch {
    // Then each instance finds out for itself.
  }
}
