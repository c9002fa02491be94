import { unsettledKeysOf } from '../../events/unsettled-links';
import { errorName, type Log } from '../runtime/logger';
import type { Metrics } from '../runtime/metrics';
import { countLinks } from './count-links';
import type { UnsettledStates } from './unsettled-states';

export interface CensusDeps {
  /** Names of all systems, also of those that take no events any more: their links can still wait. */
  readonly systems: readonly string[];
  readonly unsettledUnder: (key: string) => Promise<UnsettledStates>;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * Counts the links of every system that wait or need somebody. One system after the other: a hundred of them at once
 * would be four hundred calls. Rejects when a system could not be counted, after all others were.
 */
export function createCensus(deps: CensusDeps): () => Promise<void> {
  return async () => {
    let failures = 0;
    for (const system of deps.systems) {
      await count(deps, system).catch((error) => {
        failures += 1;
        deps.log('error', 'links not counted', { system, error: errorName(error) });
      });
    }
    // Lambda counts it as an error. No number is better than a wrong one, but somebody must know.
    if (failures > 0) throw new Error(`The links of ${failures} systems could not be counted.`);
  };
}

async function count({ unsettledUnder, log, metrics }: CensusDeps, system: string): Promise<void> {
  const shards = await Promise.all(unsettledKeysOf(system).map(unsettledUnder));
  if (!shards.every(({ complete }) => complete)) log('warn', 'more links than were counted', { system });
  metrics(system, countLinks(shards.flatMap(({ states }) => states)));
}
