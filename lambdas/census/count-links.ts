import type { LinkState } from '../../events/link-state';
import type { Metric } from '../runtime/metrics';

/** Gauges by the state of the links that they count. In any state a link may wait for the next attempt to change it. */
const GAUGES: Readonly<Record<string, readonly LinkState[]>> = {
  /** Waiting for an operator to decide. */
  LinksHeld: ['held'],
  /** Waiting for their next attempt. */
  LinksRetrying: [
    'pending',
    'linked',
    'disabled',
    'deprovisioning',
    'handed-over',
    'skipped',
    'deprovisioned',
  ],
  /** Ended without an account. */
  LinksRejected: ['rejected', 'failed'],
};

/** The gauge that an alarm watches. Its zero is a measurement too: it says that somebody looked. */
const WATCHED = 'LinksHeld';

/**
 * What the unsettled links of a system come to. CloudWatch charges for a metric by the hours in which it is reported,
 * so what no alarm watches is reported only where there is something to see.
 */
export function countLinks(states: readonly LinkState[]): Metric[] {
  const gauges = Object.entries(GAUGES).map(([name, counted]): Metric => {
    const value = states.filter((state) => counted.includes(state)).length;
    return { name, value, unit: 'Count' };
  });
  return gauges.filter(({ name, value }) => name === WATCHED || value > 0);
}
