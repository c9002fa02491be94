import type { UserLink } from '../user-links/user-link';
import { progressOf } from './progress-of';

export interface WaitDeps {
  /** The link as it is, of the life that the call is about. */
  readonly look: () => Promise<UserLink | undefined>;
  readonly pause: (ms: number) => Promise<void>;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Most accounts are there within a second; whoever waits longer waits for a system. */
const PAUSES_MS = [100, 100, 150, 150, 250, 250, 500];
const LONGEST_PAUSE_MS = 1_000;

/**
 * Looks at a link until somebody settled it, or until `until` (epoch ms), and gives it as it is then.
 *
 * @param before as it was when the account was asked for: that it says so still is no answer to it
 */
export async function waitForLink(
  { look, pause, now }: WaitDeps,
  before: UserLink | undefined,
  until: number,
): Promise<UserLink | undefined> {
  for (let looks = 0; ; looks += 1) {
    const link = await look();
    const isNews = link !== undefined && link.revision !== before?.revision;
    const leftMs = until - now();
    if ((isNews && progressOf(link) !== 'waiting') || leftMs <= 0) return link;
    await pause(Math.min(PAUSES_MS[looks] ?? LONGEST_PAUSE_MS, leftMs));
  }
}
