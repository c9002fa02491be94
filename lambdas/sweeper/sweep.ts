import { DUE_KEYS } from '../../events/due-links';
import { errorName, type Log } from '../runtime/logger';
import type { DueLink, DueLinks } from './due-links';

export interface SweepDeps {
  readonly dueLinks: DueLinks;
  /** Tells the worker of the link's system that its time has come. */
  readonly remind: (link: DueLink) => Promise<void>;
  /** Epoch ms. */
  readonly now: () => number;
  readonly log: Log;
}

/** More than a message of SQS may wait for its next attempt, so that no link is reminded of while one waits. */
const REMIND_AGAIN_MS = 13 * 60 * 60_000;
/** Per key of the index and sweep: what is left comes with the next one, and the worker has its own pace anyway. */
const MOST_PER_KEY = 500;
const AT_ONCE = 10;

/**
 * Sends a reminder for each link whose time has come. The link itself says what is due, so that a reminder too many
 * does nothing. Rejects when a link could not be reminded of, after all others were.
 */
export function createSweep(deps: SweepDeps): () => Promise<void> {
  return async () => {
    const now = deps.now();
    const found = await Promise.all(DUE_KEYS.map((key) => deps.dueLinks.under(key, now, MOST_PER_KEY)));
    const links = found.flat();
    let failures = 0;
    for (let start = 0; start < links.length; start += AT_ONCE) {
      const batch = links.slice(start, start + AT_ONCE).map((link) => remind(deps, link));
      failures += (await Promise.all(batch)).filter((done) => !done).length;
    }
    deps.log('info', 'links swept', { count: links.length });
    if (failures > 0) throw new Error(`${failures} links could not be reminded of.`);
  };
}

// Reminded first and postponed then: what fails in between is reminded of twice, never not at all.
async function remind({ dueLinks, remind: tell, now, log }: SweepDeps, link: DueLink): Promise<boolean> {
  try {
    await tell(link);
    await dueLinks.postpone(link, now() + REMIND_AGAIN_MS);
    return true;
  } catch (error) {
    log('error', 'link not reminded of', {
      system: link.system,
      userRef: link.userRef,
      error: errorName(error),
    });
    return false;
  }
}
