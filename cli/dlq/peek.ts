import type { QueuedMessage, Queues } from '../aws/queues';
import type { Deps } from '../deps';

/** Long enough to look at as many as are held, and short where this process dies before it gives them back. */
const HIDE_SECONDS = 60;

export interface Seen {
  readonly messages: QueuedMessage[];
  /** False where more may be there that can be seen. */
  readonly isEverything: boolean;
  /** So many are there beside them that cannot be seen now, as far as SQS knows. */
  readonly hidden: number;
}

/**
 * Looks at up to `most` messages and makes them visible again. Whoever else receives meanwhile gets none of them.
 * Where looking takes longer than they stay hidden they come again: then it ends, and more may be there.
 */
export async function peek(
  queues: Pick<Queues, 'depth' | 'receive' | 'release'>,
  url: string,
  most: number,
  stopping: Pick<Deps, 'stopping'>,
): Promise<Seen> {
  const stop = stopping.stopping();
  // Asked before: afterwards SQS may count as hidden what was looked at here.
  const { visible, inFlight, delayed } = await queues.depth(url);
  const seen = new Map<string, QueuedMessage>();
  const end = (isEverything: boolean) => ({
    messages: [...seen.values()],
    isEverything,
    hidden: isEverything ? Math.max(0, visible + inFlight + delayed - seen.size) : 0,
  });
  try {
    while (!stop.aborted) {
      const room = most - seen.size;
      if (room <= 0) return end(false);
      const received = await queues.receive(url, HIDE_SECONDS, Math.min(10, room));
      const fresh = received.filter(({ id }) => !seen.has(id));
      for (const message of received) seen.set(message.id, message);
      if (fresh.length === 0) return end(received.length === 0);
    }
    return end(false);
  } finally {
    await releaseAll(queues, url, [...seen.values()]);
  }
}

const BATCH = 10;
const BATCHES_AT_ONCE = 4;

/** Best effort: what cannot be given back becomes visible by itself. */
export async function releaseAll(
  queues: Pick<Queues, 'release'>,
  url: string,
  messages: readonly Pick<QueuedMessage, 'handle'>[],
): Promise<void> {
  const release = async (from: number) => {
    for (let at = from * BATCH; at < messages.length; at += BATCH * BATCHES_AT_ONCE)
      await queues.release(url, messages.slice(at, at + BATCH)).catch(() => undefined);
  };
  await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, (_, from) => release(from)));
}
