import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Kept {
  readonly payload: AdapterPayload;
  /** Real epoch ms, as oidc-provider keeps the time by itself. */
  readonly until: number;
}

/** What oidc-provider keeps, for as long as a run lives. A factory of what it asks for: an adapter by the name of a model. */
export function createMemoryAdapter(): (model: string) => Adapter {
  const kept = new Map<string, Kept>();
  return (model) => {
    const keyOf = (id: string) => `${model}:${id}`;
    const all = () => [...kept].filter(([key]) => key.startsWith(`${model}:`));
    const payload = (found: Kept | undefined) =>
      found !== undefined && found.until > Date.now() ? found.payload : undefined;
    return {
      upsert: async (id, given, seconds) => {
        for (const [key, { until }] of all()) if (until <= Date.now()) kept.delete(key);
        kept.set(keyOf(id), {
          payload: given,
          until: seconds ? Date.now() + seconds * 1000 : Number.POSITIVE_INFINITY,
        });
      },
      find: async (id) => payload(kept.get(keyOf(id))),
      findByUid: async (uid) => payload(all().find(([, one]) => one.payload.uid === uid)?.[1]),
      findByUserCode: async () => undefined,
      destroy: async (id) => void kept.delete(keyOf(id)),
      consume: async (id) => {
        const found = kept.get(keyOf(id));
        if (found) found.payload.consumed = Math.floor(Date.now() / 1000);
      },
      revokeByGrantId: async (grantId) => {
        for (const [key, one] of all()) if (one.payload.grantId === grantId) kept.delete(key);
      },
    };
  };
}
