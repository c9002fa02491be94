import type { BreakerState } from '../../../../events/breaker-state';
import { createGate, type Gate } from '../../../../lambdas/connectors/gate/gate';
import type { Sample } from '../../../../lambdas/connectors/gate/sample-of';
import type { LogFields } from '../../../../lambdas/runtime/logger';
import type { Metric } from '../../../../lambdas/runtime/metrics';
import type { SharedItem } from '../../../../lambdas/system-items/shared-item';
import { NOW } from '../../../helpers/events';
import { POLICY } from '../../../helpers/gate';

/** Instances of one function. They share an item and a clock. */
export function instances(count: number, item: SharedItem<BreakerState>, clock = { now: NOW }) {
  const lines: { words: string; fields?: LogFields | undefined }[] = [];
  const told: (readonly Metric[])[] = [];
  let tokens = 0;
  const gates = Array.from({ length: count }, () =>
    createGate({
      ...{ system: 'crm', item, policy: POLICY, now: () => clock.now },
      newToken: () => `token-${++tokens}`,
      log: (_, words, fields) => void lines.push({ words, fields }),
      metrics: (_, metrics) => void told.push(metrics),
    }),
  );
  return { gates, gate: gates[0] as Gate, clock, lines, told };
}

export async function attempt(gate: Gate, user: string, sample: Sample): Promise<boolean> {
  const entry = await gate.admit(user);
  if (entry.admitted) await entry.settle(sample);
  return entry.admitted;
}

/** The system answers 429 with a `Retry-After`. */
export const asking = (seconds: number): Sample => ({ says: 'unclear', pauseMs: seconds * 1000 });
