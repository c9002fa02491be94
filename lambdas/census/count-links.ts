import type { LinkState } from '../../events/link-state';
import type { Metric } from '../runtime/metrics';

/** Gauges by the state of the links that they count. */
const GAUGES: Readonly<Record<string, readonly LinkState[]>> = {
  /** Waiting for an operator to decide. */
  LinksHeld: ['held'],
  /** Waiting for their next attempt. */
  LinksRetrying: ['pending'],
  /** Ended without an account. */
  LinksRejected: ['rejected', 'failed'],
};

/** What the unsettled links of a system come to. Zero is a measurement too: it says that somebody looked. */
export function countLinks(states: readonly LinkState[]): Metric[] {
  return Object.entries(GAUGES).map(([name, counted]) => {
    const value = states.filter((state) => counted.includes(state)).length;
    return { name, value, unit: 'Count' };
  });
}
