import { percentile } from '../progress/summary';
import type { Aggregate } from './metric-series';

/** How one datapoint is made of what was measured in its period. */
export interface Statistic {
  /** As templates spell it: `Maximum`, `p99`. */
  readonly name: string;
  readonly isPercentile: boolean;
  readonly of: (aggregate: Aggregate) => number;
}

const PLAIN: Readonly<Record<string, Statistic['of']>> = {
  Average: ({ sum, count }) => sum / count,
  Maximum: ({ max }) => max,
  Minimum: ({ min }) => min,
  SampleCount: ({ count }) => count,
  Sum: ({ sum }) => sum,
};

/** Undefined for what the local run does not know: trimmed means, percentile ranks and the like. */
export function readStatistic(name: string): Statistic | undefined {
  const plain = Object.hasOwn(PLAIN, name) ? PLAIN[name] : undefined;
  if (plain) return { name, isPercentile: false, of: plain };
  const percent = Number(/^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(name)?.[1] ?? Number.NaN);
  if (Number.isNaN(percent)) return undefined;
  const of = ({ values }: Aggregate) =>
    percentile(
      values.toSorted((one, other) => one - other),
      percent,
    );
  return { name, isPercentile: true, of };
}
