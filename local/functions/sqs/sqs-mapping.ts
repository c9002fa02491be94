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
  readonly queueArn: string;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly maximumConcurrency: number;
  readonly reportsFailures: boolean;
}

export interface SqsMappingDependencies {
  readonly door: Pick<FrontDoor, 'call' | 'url'>;
  readonly clock: Clock;
  readonly takeSeat: () => Promise<Seat>;
}

const LONGEST_POLL_SECONDS = 20;
const MOST_PER_CALL = 10;
const PAUSE_AFTER_ERROR_MS = 1000;

/**
 * Polls a queue for a function. What the function reports as failed, and everything when it fails as a whole, is
 * left alone: it comes back when its visibility timeout ends, and SQS counts its receives.
 */
export function createSqsMapping(
  settings: SqsMappingSettings,
  { door, clock, takeSeat }: SqsMappingDependencies,
): Mapping {
  const QueueUrl = queueUrl(door.url, settings.queueArn.split(':').at(-1) ?? '');
  const sqs = <T>(operation: string, input: object) =>
    door.call<T>({ service: 'sqs', operation, caller: LAMBDA, input: { QueueUrl, ...input } });
  const running = new Set<Promise<void>>();
  let stopped = false;

  const receive = async (
    MaxNumberOfMessages: number,
    WaitTimeSeconds: number,
  ): Promise<ReceivedMessage[]> => {
    const input = {
      MaxNumberOfMessages,
      WaitTimeSeconds,
      AttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    };
    return (await sqs<{ Messages?: ReceivedMessage[] }>('ReceiveMessage', input)).Messages ?? [];
  };

  const receiveBatch = async (): Promise<ReceivedMessage[]> => {
    const batch = await receive(Math.min(settings.batchSize, MOST_PER_CALL), LONGEST_POLL_SECONDS);
    const end = Date.now() + clock.realDelayMs(settings.windowMs);
    while (batch.length > 0 && batch.length < settings.batchSize && Date.now() < end && !stopped) {
      const seconds = Math.min(LONGEST_POLL_SECONDS, (end - Date.now()) / 1000);
      batch.push(
        ...(await receive(Math.min(settings.batchSize - batch.length, MOST_PER_CALL), Math.max(0, seconds))),
      );
    }
    return batch;
  };

  const process = async (seat: Seat, messages: ReceivedMessage[]): Promise<void> => {
    const invocation = await seat.invoke(sqsEvent(messages, settings.queueArn));
    const failed = failedRecords(
      messages.map(({ MessageId }) => MessageId),
      invocation,
      settings.reportsFailures,
    );
    const done = messages.filter(({ MessageId }) => !failed.has(MessageId));
    for (let start = 0; start < done.length; start += MOST_PER_CALL) {
      const entries = done
        .slice(start, start + MOST_PER_CALL)
        .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await sqs('DeleteMessageBatch', { Entries: entries });
    }
  };

  const poll = async (): Promise<void> => {
    const seat = await takeSeat();
    const messages = await receiveBatch().catch(async () => {
      if (!stopped) await sleep(clock.realDelayMs(PAUSE_AFTER_ERROR_MS));
      return [];
    });
    if (messages.length === 0 || stopped) return seat.release();
    // A delete that failed is no error of ours: the message comes again, as on AWS.
    const work = process(seat, messages).catch(() => undefined);
    running.add(work);
    void work.finally(() => running.delete(work));
  };

  return {
    start() {
      void (async () => {
        while (!stopped) {
          if (running.size >= settings.maximumConcurrency) await Promise.race(running);
          else await poll();
        }
      })();
    },
    stop() {
      stopped = true;
    },
  };
}
