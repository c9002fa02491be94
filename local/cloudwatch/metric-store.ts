import { MetricSeries } from './metric-series';

/** What CloudWatch tells metrics apart by. */
export interface MetricIdentity {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A run has some hundred metrics; more come of dimensions that somebody else chooses. */
const MOST_SERIES = 5_000;

/** The metrics of a run, in virtual time and bounded memory. */
export class MetricStore {
  private readonly series = new Map<string, MetricSeries>();

  constructor(private readonly now: () => number) {}

  /** The series to add to or to read; feeders with much to tell keep it. Beyond the bound it is one nobody reads. */
  of(metric: MetricIdentity): MetricSeries {
    const key = keyOf(metric);
    const known = this.series.get(key);
    if (known) return known;
    const series = new MetricSeries(this.now);
    if (this.series.size < MOST_SERIES) this.series.set(key, series);
    return series;
  }

  get size(): number {
    return this.series.size;
  }
}

function keyOf({ namespace, name, dimensions }: MetricIdentity): string {
  const sorted = Object.entries(dimensions).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([namespace, name, sorted]);
}
