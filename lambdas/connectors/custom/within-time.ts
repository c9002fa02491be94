import type { End } from '../../runtime/http';
import { RetryableError } from '../connector';

export interface Time {
  /** Milliseconds that a verb has for all that it does. */
  readonly verbMs: number;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * Lets a verb do its work until the time is up. Of what it does later nobody learns, and it can call no more: that its
 * end has come is said by the signal, since calls wait for secrets and turns, and a function that is put to sleep in
 * the meantime goes on where it was.
 */
export async function withinTime<Given>(
  { verbMs, now }: Time,
  act: (end: End) => Promise<Given>,
): Promise<Given> {
  let timer: NodeJS.Timeout | undefined;
  const ended = new AbortController();
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new RetryableError('remote-timeout')), verbMs);
  });
  try {
    return await Promise.race([act({ at: now() + verbMs, signal: ended.signal }), late]);
  } finally {
    clearTimeout(timer);
    ended.abort();
  }
}
