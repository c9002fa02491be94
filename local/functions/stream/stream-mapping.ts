import { setTimeout as sleep } from 'node:timers/promises';
import type { RowChange, StreamViewType } from '../../aws/dynamodb/tables';
import type { FrontDoor } from '../../aws/front-door';
import type { Pattern } from '../../aws/pattern/pattern';
import { queueUrl } from '../../aws/sqs/sqs-service';
import type { Clock } from '../../clock';
import type { Seat } from '../instance-pool';
import type { Mapping } from '../mapping';
import { LAMBDA } from '../sqs/sqs-mapping';
import { failureNotice } from './failure-notice';
import { processBatch, type StreamBatchSteps, type StreamRules } from './process-batch';
import { Shard } from './shard';
import { createRecordMaker, shardOf } from './stream-record';

export interface StreamMappingSettings extends StreamRules {
  readonly streamArn: string;
  readonly viewType: StreamViewType;
  readonly functionArn: string;
  readonly batchSize: number;
  readonly windowMs: number;
  /** A record goes to the function when it fits one of them, or when there are none. */
  readonly filters: readonly Pattern[];
  readonly failureQueueArn?: string;
}

export interface StreamMappingDependencies {
  readonly door: Pick<FrontDoor, 'call' | 'url'>;
  readonly clock: Clock;
  readonly takeSeat: () => Promise<Seat>;
  readonly onChange: (listener: (change: RowChange) => void) => void;
}

/** AWS splits a table by load; two shards are enough to show that only the order within one can be relied on. */
const SHARDS = 2;
const LONGEST_PAUSE_MS = 60_000;
/** Lambda looks into a shard four times a second. */
const POLL_MS = 250;

/** Brings every change of a table's rows to a function, shard by shard, one batch at a time in each. */
export function createStreamMapping(
  settings: StreamMappingSettings,
  dependencies: StreamMappingDependencies,
): Mapping {
  const { clock, onChange } = dependencies;
  const shards = Array.from(
    { length: SHARDS },
    (_, index) => new Shard(`shardId-0000000000000000000-${index}`),
  );
  const makeRecord = createRecordMaker(settings.streamArn, settings.viewType, clock.now);
  const ending = new AbortController();
  onChange((change) => {
    const record = makeRecord(change);
    const wanted = settings.filters.length === 0 || settings.filters.some((fits) => fits(record));
    if (wanted) shards[shardOf(change, SHARDS)]?.add(record);
  });

  const windowMs = Math.max(POLL_MS, settings.windowMs);

  const consume = async (shard: Shard): Promise<void> => {
    const steps = stepsFor(shard, settings, dependencies, ending.signal);
    for (;;) {
      if ((await shard.peek(1)) && shard.size < settings.batchSize)
        await wait(clock.realDelayMs(windowMs), ending.signal);
      const batch = await shard.peek(settings.batchSize);
      if (!batch || !(await processBatch(batch, settings, steps))) return;
      shard.advance(batch.length);
    }
  };

  return {
    start: () => {
      for (const shard of shards) void consume(shard);
    },
    stop: () => {
      ending.abort();
      for (const shard of shards) shard.close();
    },
  };
}

function stepsFor(
  shard: Shard,
  { streamArn, functionArn, failureQueueArn }: StreamMappingSettings,
  { door, clock, takeSeat }: StreamMappingDependencies,
  signal: AbortSignal,
): StreamBatchSteps {
  return {
    now: clock.now,
    invoke: async (Records) => (await takeSeat()).invoke({ Records }),
    pause: (attempt) => wait(clock.realDelayMs(Math.min(LONGEST_PAUSE_MS, 100 * 2 ** attempt)), signal),
    async giveUp(records, reason, invocation, attempts) {
      if (failureQueueArn === undefined) return;
      const MessageBody = failureNotice({
        records,
        reason,
        invocation,
        attempts,
        functionArn,
        streamArn,
        shardId: shard.id,
        now: clock.now(),
      });
      const QueueUrl = queueUrl(door.url, failureQueueArn.split(':').at(-1) ?? '');
      await door
        .call({ service: 'sqs', operation: 'SendMessage', caller: LAMBDA, input: { QueueUrl, MessageBody } })
        .catch(() => undefined);
    },
  };
}

function wait(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return sleep(milliseconds, true, { signal }).catch(() => false);
}
