import type { QueueSample } from '../aws/queues';
import type { MetricStore } from './metric-store';
import { MINUTE_MS } from './minute-ticker';

/** SQS goes on to report of a queue for as long after it was used. */
const ACTIVE_MS = 6 * 3_600_000;
/** So many minutes may pass between two samples of a fast run. */
const MOST_MINUTES = 120;

export interface QueueSampler {
  /** Reports what is in the queues for the minutes since the last sample. */
  sample(queues: readonly QueueSample[], end: number | undefined): void;
}

/**
 * The metrics that SQS sends of each queue once a minute. Its age leaves out messages that were received three
 * times or more, and is reported only while another one is there.
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export function createQueueSampler(metrics: MetricStore): QueueSampler {
  const usedAt = new Map<string, number>();
  let sampledUntil: number | undefined;
  return {
    sample(queues, end) {
      if (end === undefined) return;
      const first = Math.max(sampledUntil ?? end - MINUTE_MS, end - MOST_MINUTES * MINUTE_MS);
      sampledUntil = end;
      for (const queue of queues) {
        if (queue.visible + queue.notVisible > 0) usedAt.set(queue.name, end);
        if (end - (usedAt.get(queue.name) ?? Number.NEGATIVE_INFINITY) > ACTIVE_MS) continue;
        for (let minute = first; minute < end; minute += MINUTE_MS) report(metrics, queue, minute);
      }
    },
  };
}

function report(metrics: MetricStore, queue: QueueSample, at: number): void {
  const add = (name: string, value: number) =>
    metrics.of({ namespace: 'AWS/SQS', name, dimensions: { QueueName: queue.name } }).add(value, at);
  add('ApproximateNumberOfMessagesVisible', queue.visible);
  add('ApproximateNumberOfMessagesNotVisible', queue.notVisible);
  if (queue.oldestSentAt !== undefined) {
    const age = (at + MINUTE_MS - queue.oldestSentAt) / 1000;
    if (age >= 0) add('ApproximateAgeOfOldestMessage', Math.floor(age));
  }
}
