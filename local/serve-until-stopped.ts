import { renderChange } from './cloudwatch/describe-alarm';
import { isSettled } from './progress/link-progress';
import { renderLink } from './progress/render-table';
import type { Session } from './session';

/** `disconnect` is for a test that started us and died without saying so. */
const ENDS = ['SIGINT', 'SIGTERM', 'disconnect'] as const;

/** Prints each link that is settled and each alarm that changes from now on; resolves with Ctrl-C, a polite signal or the end of a parent. */
export function serveUntilStopped({ tracker, run }: Session): Promise<void> {
  tracker.onChange((link) => {
    if (isSettled(link)) console.log(renderLink(link, link.userId));
  });
  run.cloudwatch.alarms.onChange((change) => {
    for (const line of renderChange(change)) console.log(line);
  });
  return new Promise((resolve) => {
    const stop = () => {
      // Listeners would hold the process, and a second Ctrl-C must end it whatever is still going on.
      for (const end of ENDS) process.off(end, stop);
      resolve();
    };
    for (const end of ENDS) process.on(end, stop);
  });
}
