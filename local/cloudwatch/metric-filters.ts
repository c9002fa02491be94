import { LocalError } from '../local-error';
import type { LinePattern } from './filter-pattern';
import type { MetricIdentity, MetricStore } from './metric-store';

/** Counts the lines of a log group that fit a pattern. */
export interface MetricFilter {
  readonly logGroup: string;
  readonly fits: LinePattern;
  readonly metric: MetricIdentity;
  /** What each line that fits adds. */
  readonly value: number;
  /** What each other line adds. */
  readonly defaultValue?: number | undefined;
}

/** The metric filters of the template, and which of the run's logs are which log groups. */
export class MetricFilters {
  private readonly filters: MetricFilter[] = [];
  private readonly groups = new Map<string, string>();
  private readonly bySource = new Map<string, MetricFilter[]>();

  constructor(private readonly metrics: MetricStore) {}

  add(filter: MetricFilter): void {
    this.filters.push(filter);
  }

  /** `source`: name of the log file. */
  connect(logGroup: string, source: string): void {
    this.groups.set(logGroup, source);
  }

  /** To be called when every resource is there. Rejects a filter on a log group that nobody writes here. */
  start(): void {
    for (const filter of this.filters) {
      const source = this.groups.get(filter.logGroup);
      if (source === undefined) {
        const what = `${filter.metric.name} is counted in the log group ${filter.logGroup}`;
        throw new LocalError('unsupported-property', `${what}, which the local run does not write`);
      }
      this.bySource.set(source, [...(this.bySource.get(source) ?? []), filter]);
    }
  }

  read(source: string, line: string): void {
    for (const { fits, metric, value, defaultValue } of this.bySource.get(source) ?? []) {
      const counted = fits(line) ? value : defaultValue;
      if (counted !== undefined) this.metrics.of(metric).add(counted);
    }
  }
}
