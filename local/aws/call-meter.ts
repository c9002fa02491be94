import type { ServiceName } from './front-door';

/** One request that AWS would bill. */
export interface MeteredCall {
  readonly service: ServiceName;
  readonly operation: string;
  readonly caller: string;
  /** Name of the queue, topic, table or secret, where the call names one. */
  readonly resource?: string;
}

export interface CountedCall extends MeteredCall {
  readonly count: number;
}

/** Counts, not a list: a long run makes millions of calls. */
export interface CallMeter {
  add(call: MeteredCall): void;
  counts(): CountedCall[];
  total(match?: Partial<MeteredCall>): number;
  reset(): void;
}

export function createCallMeter(): CallMeter {
  const counts = new Map<string, MeteredCall & { count: number }>();
  const matching = (match: Partial<MeteredCall>) =>
    [...counts.values()].filter((call) =>
      (Object.keys(match) as (keyof MeteredCall)[]).every((key) => call[key] === match[key]),
    );
  return {
    add(call) {
      const key = `${call.service} ${call.operation} ${call.caller} ${call.resource ?? ''}`;
      const known = counts.get(key);
      if (known) known.count += 1;
      else counts.set(key, { ...call, count: 1 });
    },
    counts: () => [...counts.values()].map((call) => ({ ...call })),
    total: (match = {}) => matching(match).reduce((sum, call) => sum + call.count, 0),
    reset: () => counts.clear(),
  };
}
