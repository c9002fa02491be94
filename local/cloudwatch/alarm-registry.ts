import { Alarm, type AlarmChange, type AlarmStatus } from './alarm';
import type { AlarmDefinition } from './alarm-definition';
import type { MetricStore } from './metric-store';

export type AlarmListener = (change: AlarmChange) => void;

/** A run of weeks must not remember every change. */
const MOST_CHANGES = 1_000;

/** The alarms of the template, their states and their latest changes. */
export class AlarmRegistry {
  private readonly alarms = new Map<string, Alarm>();
  private readonly listeners: AlarmListener[] = [];
  private changes: AlarmChange[] = [];

  constructor(
    private readonly metrics: MetricStore,
    private readonly now: () => number,
  ) {}

  add(definition: AlarmDefinition): void {
    if (this.alarms.has(definition.name)) throw new Error(`There are two alarms ${definition.name}`);
    this.alarms.set(definition.name, new Alarm(definition, this.metrics.of(definition.metric), this.now()));
  }

  list(): AlarmStatus[] {
    return [...this.alarms.values()].map(({ status }) => status);
  }

  /** Changes of state, the latest first. */
  history(): readonly AlarmChange[] {
    return this.changes;
  }

  onChange(listener: AlarmListener): void {
    this.listeners.push(listener);
  }

  /** @param end virtual epoch ms of the full minute up to which everything was measured */
  evaluate(end: number): void {
    for (const alarm of this.alarms.values()) {
      const change = alarm.evaluate(end, this.now());
      if (!change) continue;
      this.changes = [change, ...this.changes.slice(0, MOST_CHANGES - 1)];
      for (const listener of this.listeners) listener(change);
    }
  }
}
