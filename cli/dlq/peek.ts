import type { QueuedMessage, Queues } from '../aws/queues';
import type { Deps } from '../deps';

/** Long enough to look at as many as are held, and short where this process dies before it gives them back. */
const HIDE_SECONDS = 60;

/**
 * Looks at up to `most` messages and makes them visible again. Whoever else receives meanwhile gets none of them.
 * A second look at the same message, where looking takes longer than they stay hidden, is not given.
 */
export async function peek(
  queues: Pick<Queues, 'receive' | 'release'>,
  url: string,
  most: number,
  stopping: Pick<Deps, 'stopping'>,
): Promise<{ readonly messages: QueuedMessage[]; readonly isEverything: boolean }> {
  const stop = stopping.stopping();
  const seen = new Map<string, QueuedMessage>();
  try {
    while (!stop.aborted) {
      const room = most - seen.size;
      if (room <= 0) return { messages: [...seen.values()], isEverything: false };
      const received = await queues.receive(url, HIDE_SECONDS, Math.min(10, room));
      const fresh = received.filter(({ id }) => !seen.has(id));
      for (const message of received) seen.set(message.id, message);
      if (fresh.length === 0) return { messages: [...seen.values()], isEverything: true };
    }
    return { messages: [...seen.values()], isEverything: false };
  } finally {
    await releaseAll(queues, url, [...seen.values()]);
  }
}

/** Best effort: what cannot be given back becomes visible by itself. */
export async function releaseAll(
  queues: Pick<Queues, 'release'>,
  url: string,
  messages: readonly QueuedMessage[],
): Promise<void> {
  for (let at = 0; at < messages.length; at += 10) {
    await queues.release(url, messages.slice(at, at + 10)).catch(() => undefined);
  }
}
