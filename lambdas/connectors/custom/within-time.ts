import { RetryableError } from '../connector';

export interface Time {
  /** Milliseconds that a verb has for all that it does. */
  readonly verbMs: number;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Lets a verb do its work until the time is up. Of what it does later nobody learns, and it can call no more. */
export async function withinTime<Given>(
  { verbMs, now }: Time,
  act: (deadline: number) => Promise<Given>,
): Promise<Given> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new RetryableError('remote-timeout')), verbMs);
  });
  try {
    return await Promise.race([act(now() + verbMs), end]);
  } finally {
    clearTimeout(timer);
  }
}
