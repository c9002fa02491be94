/** What `set` answers, as Auth0 does. */
export interface CacheAnswer {
  readonly type: 'success' | 'error';
  readonly code?: string;
}

/** `api.cache` of an Action. */
export interface ActionCache {
  get(key: string): { readonly value: string; readonly expires_at: number } | undefined;
  /** @param options ttl in ms */
  set(key: string, value: string, options?: { readonly ttl?: number }): CacheAnswer;
  delete(key: string): CacheAnswer;
}

const MOST_ENTRIES = 20;
const MOST_KEY_BYTES = 64;
const MOST_VALUE_BYTES = 4_096;
const MOST_BYTES = 8_192;
const USUAL_TTL_MS = 15 * 60_000;
const LONGEST_TTL_MS = 24 * 3_600_000;

interface Entry {
  readonly value: string;
  readonly expires_at: number;
}

/**
 * The cache that the Actions of a trigger share, with Auth0's limits.
 * @see https://auth0.com/docs/customize/actions/limitations
 * @param now epoch ms
 */
export function createActionCache(now: () => number): ActionCache {
  const entries = new Map<string, Entry>();
  const live = () => {
    for (const [key, { expires_at }] of entries) if (expires_at <= now()) entries.delete(key);
    return entries;
  };
  return {
    get: (key) => live().get(key),
    set(key, value, { ttl = USUAL_TTL_MS } = {}) {
      const code = refusalOf(live(), key, value);
      if (code !== undefined) return { type: 'error', code };
      entries.set(key, { value, expires_at: now() + Math.min(ttl, LONGEST_TTL_MS) });
      return { type: 'success' };
    },
    delete(key) {
      entries.delete(key);
      return { type: 'success' };
    },
  };
}

function refusalOf(entries: ReadonlyMap<string, Entry>, key: string, value: unknown): string | undefined {
  if (typeof value !== 'string') return 'InvalidValue';
  if (Buffer.byteLength(key) > MOST_KEY_BYTES) return 'CacheKeySizeExceeded';
  if (Buffer.byteLength(value) > MOST_VALUE_BYTES) return 'ItemSizeExceeded';
  const others = [...entries].filter(([other]) => other !== key);
  if (others.length >= MOST_ENTRIES) return 'CacheFull';
  const bytes = others.reduce((sum, [, entry]) => sum + Buffer.byteLength(entry.value), 0);
  return bytes + Buffer.byteLength(value) > MOST_BYTES ? 'CacheSizeExceeded' : undefined;
}
