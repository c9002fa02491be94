import { setTimeout as sleep } from 'node:timers/promises';
import type { FrontDoor } from '../../aws/front-door';
import { queueUrl } from '../../aws/sqs/sqs-service';
import type { Clock } from '../../clock';
import { failedRecords } from '../batch-response';
import type { Seat } from '../instance-pool';
import type { Mapping } from '../mapping';
import { type ReceivedMessage, sqsEvent } from './sqs-event';

/** Who polls and deletes for functions. */
export const LAMBDA = 'lambda.amazonaws.com';

export interface SqsMappingSettings {
  /** Whose role Lambda polls with. */
  readonly functionName: string;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly maximumConcurrency: number;
  readonly reportsFailures: boolean;
}

export interface SqsMappingDeps {
  readonly door: Pick<FrontDoor, 'call' | 'url'>;
  readonly clock: Clock;
  readonly takeSeat: () => Promise<Seat>;
  /** Asks IAM whether Lambda may see how long the queue is, by which it scales. */
  readonly mayMeasure: () => boolean;
}

const LONGEST_POLL_SECONDS = 20;
const MOST_PER_CALL = 10;
const PAUSE_AFTER_ERROR_MS = 1000;

/**
 * Polls a queue for a function. What the function reports as failed, and everything when it fails as a whole, is
 * left alone: it comes back when its visibility timeout ends, and SQS counts its receives.
 */
export function createSqsMapping(settings: SqsMappingSettings, deps: SqsMappingDeps): Mapping {
  return new SqsMapping(settings, deps);
}

class SqsMapping implements Mapping {
  private readonly running = new Set<Promise<void>>();
  private stopped = false;

  constructor(
    private readonly settings: SqsMappingSettings,
    private readonly deps: SqsMappingDeps,
  ) {}

  start(): void {
    void this.pollForever();
  }

  stop(): void {
    this.stopped = true;
  }

  private async pollForever(): Promise<void> {
    while (!this.stopped) {
      if (this.running.size >= this.settings.maximumConcurrency) await Promise.race(this.running);
      else await this.poll();
    }
  }

  private async poll(): Promise<void> {
    const seat = await this.deps.takeSeat();
    const messages = await this.receiveBatch().catch(() => this.pauseAfterError());
    if (messages.length === 0 || this.stopped) return seat.release();
    // A delete that failed is no error of ours: the message comes again, as on AWS.
    const work = this.process(seat, messages).catch(() => undefined);
    this.running.add(work);
    void work.finally(() => this.running.delete(work));
  }

  private async receiveBatch(): Promise<ReceivedMessage[]> {
    if (!this.deps.mayMeasure()) return this.pauseAfterError();
    const { batchSize, windowMs } = this.settings;
    const batch = await this.receive(batchSize, LONGEST_POLL_SECONDS);
    const end = Date.now() + this.deps.clock.realDelayMs(windowMs);
    while (batch.length > 0 && batch.length < batchSize && Date.now() < end && !this.stopped) {
      batch.push(...(await this.receive(batchSize - batch.length, (end - Date.now()) / 1000)));
    }
    return batch;
  }

  private async receive(most: number, seconds: number): Promise<ReceivedMessage[]> {
    const { Messages = [] } = await this.call<{ Messages?: ReceivedMessage[] }>('ReceiveMessage', {
      MaxNumberOfMessages: Math.min(most, MOST_PER_CALL),
      WaitTimeSeconds: Math.min(seconds, LONGEST_POLL_SECONDS),
      AttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    return Messages;
  }

  private async process(seat: Seat, messages: ReceivedMessage[]): Promise<void> {
    const { queueArn, reportsFailures } = this.settings;
    const invocation = await seat.invoke(sqsEvent(messages, queueArn));
    const identifiers = messages.map(({ MessageId }) => MessageId);
    const failed = failedRecords(identifiers, invocation, reportsFailures);
    const entries = messages
      .filter(({ MessageId }) => !failed.has(MessageId))
      .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    for (let start = 0; start < entries.length; start += MOST_PER_CALL) {
      await this.call('DeleteMessageBatch', { Entries: entries.slice(start, start + MOST_PER_CALL) });
    }
  }

  private async pauseAfterError(): Promise<ReceivedMessage[]> {
    if (!this.stopped) await sleep(this.deps.clock.realDelayMs(PAUSE_AFTER_ERROR_MS));
    return [];
  }

  private call<T>(operation: string, parameters: object): Promise<T> {
    const { door } = this.deps;
    const input = {
      QueueUrl: queueUrl(door.url, this.settings.queueArn.split(':').at(-1) ?? ''),
      ...parameters,
    };
    const { functionName: actingFor } = this.settings;
    return door.call<T>({ service: 'sqs', operation, caller: LAMBDA, actingFor, input });
  }
}
