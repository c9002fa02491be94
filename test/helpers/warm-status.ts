import type { LocalRun } from './local-run';
import { askReadiness } from './status-page';

/** As many as people of one test log in at once, with their pages. */
const AT_ONCE = 6;

/**
 * Lets instances of the status page's function start before anybody logs in: while one does, on a machine with other
 * things to do, the Action at login may give it up, and nobody is sent to the page for half a minute then.
 */
export async function warmStatus(run: LocalRun): Promise<void> {
  await Promise.all(
    Array.from({ length: AT_ONCE }, (_, index) => askReadiness(run, { user_id: `auth0|nobody-${index}` })),
  );
}
