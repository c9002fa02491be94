import { isSettled } from './progress/link-progress';
import { renderLink } from './progress/render-table';
import type { Session } from './session';

/** Prints each link that is settled from now on; resolves with Ctrl-C or a polite signal. */
export function serveUntilStopped({ tracker }: Session): Promise<void> {
  tracker.onChange((link) => {
    if (isSettled(link)) console.log(renderLink(link, link.userId));
  });
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
