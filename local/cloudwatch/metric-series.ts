/** What was measured within some time, as CloudWatch's statistics need it. */
export interface Aggregate {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** A sample of the values, for percentiles; empty unless the series keeps values. */
  readonly values: readonly number[];
}

interface Minute extends Aggregate {
  count: number;
  sum: number;
  min: number;
  max: number;
  values: number[];
}

const MINUTE_MS = 60_000;
/** Of metrics that no alarm looks back at for longer. */
const SHORTEST_RETENTION_MS = 3 * 3_600_000;
/** CloudWatch takes no data from further ahead. */
const FUTURE_MS = 2 * 3_600_000;
/** A percentile of a few hundred values is as good as any alarm needs. */
const VALUES_PER_MINUTE = 200;

/** One metric: what came in by the minute of virtual time, for as long as somebody looks back. */
export class MetricSeries {
  /** Whether percentiles will be asked for. */
  keepsValues = false;
  private retentionMs = SHORTEST_RETENTION_MS;
  private readonly minutes = new Map<number, Minute>();

  constructor(private readonly now: () => number) {}

  /** @param at virtual epoch ms; what is out of range is left out, as by CloudWatch */
  add(value: number, at: number = this.now()): void {
    const now = this.now();
    if (at < now - this.retentionMs || at > now + FUTURE_MS) return;
    const start = Math.floor(at / MINUTE_MS);
    const minute = this.minutes.get(start) ?? this.begin(start, now);
    minute.count += 1;
    minute.sum += value;
    minute.min = Math.min(minute.min, value);
    minute.max = Math.max(minute.max, value);
    if (this.keepsValues) keepSome(minute, value);
  }

  /** Holds what came in for at least as long. */
  keepFor(milliseconds: number): void {
    this.retentionMs = Math.max(this.retentionMs, milliseconds);
  }

  /** From the one moment to just before the other; undefined when nothing was measured. */
  between(from: number, to: number): Aggregate | undefined {
    const found: Minute[] = [];
    const [first, end] = [Math.floor(from / MINUTE_MS), Math.floor(to / MINUTE_MS)];
    if (end - first < this.minutes.size) {
      for (let start = first; start < end; start += 1) found.push(...this.minuteAt(start));
    } else {
      for (const [start, minute] of this.minutes) if (start >= first && start < end) found.push(minute);
    }
    return found.length === 0 ? undefined : found.reduce(merge, emptyMinute());
  }

  /** Minutes that are held. */
  get size(): number {
    return this.minutes.size;
  }

  private minuteAt(start: number): Minute[] {
    const minute = this.minutes.get(start);
    return minute ? [minute] : [];
  }

  private begin(start: number, now: number): Minute {
    const oldest = (now - this.retentionMs) / MINUTE_MS;
    for (const known of this.minutes.keys()) {
      if (known >= oldest) break;
      this.minutes.delete(known);
    }
    const minute = emptyMinute();
    this.minutes.set(start, minute);
    return minute;
  }
}

function emptyMinute(): Minute {
  return { count: 0, sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY, values: [] };
}

function merge(all: Minute, one: Minute): Minute {
  return {
    count: all.count + one.count,
    sum: all.sum + one.sum,
    min: Math.min(all.min, one.min),
    max: Math.max(all.max, one.max),
    values: all.values.concat(one.values),
  };
}

/** Every value has the same chance to stay, however many come. */
function keepSome(minute: Minute, value: number): void {
  if (minute.values.length < VALUES_PER_MINUTE) minute.values.push(value);
  else {
    const place = Math.floor(Math.random() * minute.count);
    if (place < VALUES_PER_MINUTE) minute.values[place] = value;
  }
}
