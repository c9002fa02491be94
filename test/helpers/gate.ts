import type { BreakerPolicy } from '../../lambdas/connectors/gate/breaker';
import type { Gate } from '../../lambdas/connectors/gate/gate';
import type { Shared, SharedItem } from '../../lambdas/system-items/shared-item';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** As the configuration has it by default, with a lease of 100 s. */
export const POLICY: BreakerPolicy = {
  minimumUsers: 10,
  failurePercent: 70,
  windowMs: 5 * MINUTE,
  pauseMs: 30 * SECOND,
  longestPauseMs: 15 * MINUTE,
  probeMs: 100 * SECOND,
};

/** Lets everybody through and learns nothing. */
export const OPEN_GATE: Gate = {
  admit: async () => ({ admitted: true, settle: async () => {} }),
};

/** An item with the table's condition; `state` counts what AWS would bill. */
export function createItemInMemory<T>() {
  const state: { shared: Shared<T> | undefined; reads: number; writes: number; failing: boolean } = {
    ...{ shared: undefined, reads: 0, writes: 0, failing: false },
  };
  const guard = () => {
    if (state.failing) throw new Error('the table is away');
  };
  const item: SharedItem<T> = {
    async read() {
      state.reads += 1;
      guard();
      return state.shared;
    },
    async write(value, previous) {
      state.writes += 1;
      guard();
      if (state.shared?.revision !== previous?.revision) return false;
      state.shared = { value, revision: (previous?.revision ?? 0) + 1 };
      return true;
    },
  };
  return { item, state };
}
