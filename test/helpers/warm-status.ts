import type { LocalRun } from './local-run';
import { askReadiness } from './status-page';

/**
 * Lets the function of the status page start before anybody logs in: while it does, on a machine with other things to
 * do, the Action at login may give it up, and nobody is sent to the page for half a minute then.
 */
export async function warmStatus(run: LocalRun): Promise<void> {
  await askReadiness(run, { user_id: 'auth0|nobody' });
}
