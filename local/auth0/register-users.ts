import type { Telling } from './people';
import type { SampleUser } from './sample-user';

export interface Pace {
  /** Registrations under way at one moment. */
  readonly atOnce: number;
  /** Registrations a second at most; an API's throttle answers 429, which an Action does not try again. */
  readonly perSecond: number;
  /** Whether so much is done of what was begun that another user will not have to queue. */
  readonly hasRoom: () => boolean;
}

/** Nothing waits longer for room: a system that is down must not keep people from signing up. */
const LONGEST_WAIT_MS = 250;

/** Registers users as fast as the pace allows; results in the order of the users. */
export async function registerUsers(
  users: readonly SampleUser[],
  pace: Pace,
  register: (user: SampleUser) => Promise<Telling>,
): Promise<Telling[]> {
  const results: Telling[] = [];
  const beganAt = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < users.length) {
      const index = next++;
      await pauseUntil(beganAt + (index * 1000) / pace.perSecond);
      await waitFor(pace.hasRoom, LONGEST_WAIT_MS);
      results[index] = await register(users[index] as SampleUser);
    }
  };
  await Promise.all(Array.from({ length: Math.min(pace.atOnce, users.length) }, worker));
  return results;
}

async function pauseUntil(time: number): Promise<void> {
  const ms = time - performance.now();
  if (ms > 1) await new Promise((resolve) => setTimeout(resolve, ms));
}

async function waitFor(fact: () => boolean, longestMs: number): Promise<void> {
  const until = performance.now() + longestMs;
  while (!fact() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
}
