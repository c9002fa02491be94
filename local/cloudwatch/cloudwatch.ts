import type { FrontDoor } from '../aws/front-door';
import type { QueueSample } from '../aws/queues';
import type { Clock } from '../clock';
import type { RunLog } from '../run-log';
import { performActions } from './alarm-actions';
import { AlarmRegistry } from './alarm-registry';
import { MetricFilters } from './metric-filters';
import { MetricStore } from './metric-store';
import { type MinuteTicker, startMinuteTicker } from './minute-ticker';
import { readEmbeddedMetrics } from './read-embedded-metrics';
import { createQueueSampler } from './sample-queues';
import { createServiceMetrics, type ServiceMetrics } from './service-metrics';

export interface CloudWatchSources {
  readonly log: Pick<RunLog, 'write' | 'onLine'>;
  readonly door: Pick<FrontDoor, 'call'>;
  /** Sources of log lines that functions print. */
  readonly functions: readonly string[];
  readonly queues: () => readonly QueueSample[];
}

/** The metrics of the run and the alarms on them. */
export class CloudWatch {
  readonly metrics: MetricStore;
  readonly services: ServiceMetrics;
  readonly filters: MetricFilters;
  readonly alarms: AlarmRegistry;
  private ticker: MinuteTicker | undefined;

  constructor(private readonly clock: Clock) {
    this.metrics = new MetricStore(clock.now);
    this.services = createServiceMetrics(this.metrics);
    this.filters = new MetricFilters(this.metrics);
    this.alarms = new AlarmRegistry(this.metrics, clock.now);
  }

  /** To be called when every resource is there: from now on metrics come in, and alarms are evaluated. */
  start({ log, door, functions, queues }: CloudWatchSources): void {
    this.filters.start();
    const printing = new Set(functions);
    log.onLine((source, line) => {
      if (printing.has(source)) this.readMetrics(line);
      this.filters.read(source, line);
    });
    const onFailure = (words: string) => log.write('cloudwatch', JSON.stringify({ level: 'ERROR', words }));
    this.alarms.onChange((change) => void performActions(change, { door, onFailure }));
    const sampler = createQueueSampler(this.metrics);
    this.ticker = startMinuteTicker(this.clock, (ends) => {
      sampler.sample(queues(), ends.at(-1));
      for (const end of ends) this.alarms.evaluate(end);
    });
  }

  stop(): void {
    this.ticker?.stop();
  }

  private readMetrics(line: string): void {
    for (const { metric, value, at } of readEmbeddedMetrics(line)) this.metrics.of(metric).add(value, at);
  }
}
