import { setTimeout as sleep } from 'node:timers/promises';
import type { RowChange, StreamViewType } from '../../aws/dynamodb/tables';
import type { FrontDoor } from '../../aws/front-door';
import type { Pattern } from '../../aws/pattern/pattern';
import { queueUrl } from '../../aws/sqs/sqs-service';
import type { Clock } from '../../clock';
import type { Seat } from '../instance-pool';
import { type Invocation, THROTTLED } from '../invocation';
import type { Mapping } from '../mapping';
import { LAMBDA } from '../sqs/sqs-mapping';
import { type FailureNotice, failureNotice } from './failure-notice';
import { processBatch, type StreamBatchSteps, type StreamRules } from './process-batch';
import { Shard } from './shard';
import { createRecordMaker, type StreamRecord, shardOf } from './stream-record';

export interface StreamMappingSettings extends StreamRules {
  readonly streamArn: string;
  readonly viewType: StreamViewType;
  readonly functionArn: string;
  /** Whose role Lambda reads with. */
  readonly functionName: string;
  readonly batchSize: number;
  readonly windowMs: number;
  /** A record goes to the function when it fits one of them, or when there are none. */
  readonly filters: readonly Pattern[];
  readonly failureQueueArn?: string;
}

export interface StreamMappingDeps {
  readonly door: Pick<FrontDoor, 'call' | 'url'>;
  readonly clock: Clock;
  readonly takeSeat: () => Promise<Seat>;
  /** Asks IAM whether Lambda may read the stream with the function's role. */
  readonly mayRead: () => boolean;
  readonly onChange: (listener: (change: RowChange) => void) => void;
  /** Is told how long ago the last record of a batch was written, in virtual ms. */
  readonly onIteration: (ageMs: number) => void;
}

/** AWS splits a table by load; two shards are enough to show that only the order within one can be relied on. */
const SHARDS = 2;
const LONGEST_PAUSE_MS = 60_000;
/** Lambda looks into a shard four times a second. */
const POLL_MS = 250;
const PAUSE_WHEN_THROTTLED_MS = 10_000;
const PAUSE_WHEN_DENIED_MS = 1_000;
/** In a fast run, too, several changes shall share an invocation. */
const SHORTEST_WAIT_MS = 25;

/** Brings every change of a table's rows to a function, shard by shard, one batch at a time in each. */
export function createStreamMapping(settings: StreamMappingSettings, deps: StreamMappingDeps): Mapping {
  return new StreamMapping(settings, deps);
}

class StreamMapping implements Mapping {
  private readonly shards = Array.from({ length: SHARDS }, (_, index) => new Shard(`shardId-${index}`));
  private readonly ending = new AbortController();

  constructor(
    private readonly settings: StreamMappingSettings,
    private readonly deps: StreamMappingDeps,
  ) {
    const { streamArn, viewType, filters } = settings;
    const makeRecord = createRecordMaker(streamArn, viewType, deps.clock.now);
    deps.onChange((change) => {
      const record = makeRecord(change);
      const wanted = filters.length === 0 || filters.some((fits) => fits(record));
      if (wanted) this.shards[shardOf(change, SHARDS)]?.add(record);
    });
  }

  start(): void {
    for (const shard of this.shards) void this.consume(shard);
  }

  stop(): void {
    this.ending.abort();
    for (const shard of this.shards) shard.close();
  }

  private async consume(shard: Shard): Promise<void> {
    const { settings } = this;
    const steps = this.stepsFor(shard);
    for (;;) {
      const waiting = await shard.peek(settings.batchSize);
      if (waiting && waiting.length < settings.batchSize) await this.waitForMore();
      const batch = await this.read(shard);
      if (!batch || !(await processBatch(batch, settings, steps))) return;
      shard.advance(batch.length);
    }
  }

  /** What may not be read stays where it is; Lambda comes again. */
  private async read(shard: Shard): Promise<StreamRecord[] | undefined> {
    const { clock, mayRead } = this.deps;
    while (!mayRead()) if (!(await this.wait(clock.realDelayMs(PAUSE_WHEN_DENIED_MS)))) return undefined;
    return shard.peek(this.settings.batchSize);
  }

  private stepsFor(shard: Shard): StreamBatchSteps {
    const { clock } = this.deps;
    return {
      now: clock.now,
      invoke: (records) => this.invoke(records),
      pause: (attempt) => this.wait(clock.realDelayMs(Math.min(LONGEST_PAUSE_MS, 100 * 2 ** attempt))),
      giveUp: (records, reason, invocation, attempts) =>
        this.sendNotice({ records, reason, invocation, attempts, shardId: shard.id }),
    };
  }

  /** A batch that Lambda does not let through never reached the function: that is no attempt, and it is tried on. */
  private async invoke(Records: readonly StreamRecord[]): Promise<Invocation> {
    const { clock, takeSeat, onIteration } = this.deps;
    for (;;) {
      const writtenAt = (Records.at(-1)?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000;
      onIteration(Math.max(0, clock.now() - writtenAt));
      const invocation = await (await takeSeat()).invoke({ Records });
      if (invocation.ok || invocation.errorType !== THROTTLED) return invocation;
      if (!(await this.wait(clock.realDelayMs(PAUSE_WHEN_THROTTLED_MS)))) return invocation;
    }
  }

  private async sendNotice(about: Omit<FailureNotice, 'functionArn' | 'streamArn' | 'now'>): Promise<void> {
    const { failureQueueArn, functionArn, functionName: actingFor, streamArn } = this.settings;
    if (failureQueueArn === undefined) return;
    const { door, clock } = this.deps;
    const input = {
      QueueUrl: queueUrl(door.url, failureQueueArn.split(':').at(-1) ?? ''),
      MessageBody: failureNotice({ ...about, functionArn, streamArn, now: clock.now() }),
    };
    await door
      .call({ service: 'sqs', operation: 'SendMessage', caller: LAMBDA, actingFor, input })
      .catch(() => undefined);
  }

  private waitForMore(): Promise<boolean> {
    const milliseconds = this.deps.clock.realDelayMs(Math.max(POLL_MS, this.settings.windowMs));
    return this.wait(Math.max(SHORTEST_WAIT_MS, milliseconds));
  }

  private wait(milliseconds: number): Promise<boolean> {
    return sleep(milliseconds, true, { signal: this.ending.signal }).catch(() => false);
  }
}
