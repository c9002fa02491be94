import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import type { LocalRun } from './local-run';
import { peek } from './queues';
import { ALL_SYSTEMS, until, type WalkedRun } from './walked-run';

/** Waits for messages with `words`, and leaves the queue empty for whoever walks here next. */
export async function parked(
  walked: WalkedRun,
  url: string | undefined,
  words: string,
  count = 1,
): Promise<void> {
  const { run } = walked;
  const found = async () =>
    (await peek(run.aws.sqs, url ?? '')).filter(({ body }) => body.includes(words)).length;
  await until(walked, `${count} parked`, async () => (await found()) >= count);
  await purge(run, url);
}

export async function purge(run: LocalRun, url: string | undefined): Promise<void> {
  await run.aws.sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
}

/** No system has anything waiting, and none is working on anything. */
export const workedOff = (walked: WalkedRun) =>
  until(walked, 'empty queues', async () => {
    const { queues } = await walked.run.control<{ queues: Record<string, object> }>('GET', '/');
    const sources = Object.entries(queues).filter(([name]) =>
      ALL_SYSTEMS.some((one) => name.startsWith(`${one}-`)),
    );
    return sources.every(([, counts]) => Object.values(counts).every((count) => count === 0));
  });
