import type { LocalRun } from '../local-run';
import type { LinkTracker } from './link-progress';

export interface Patience {
  /** Ends the wait when nothing changed for this long and nothing is under way. */
  readonly idleMs: number;
  /** Ends the wait when no link was settled for this long. */
  readonly stalledMs: number;
}

const CHECK_MS = 250;

/** True when every link is settled, false when it is clear that no more will be, or too late. */
export async function waitUntilSettled(
  tracker: LinkTracker,
  run: Pick<LocalRun, 'queues' | 'functions'>,
  { idleMs, stalledMs }: Patience,
): Promise<boolean> {
  let settled = tracker.settledCount;
  let [settledAt, busyAt] = [performance.now(), performance.now()];
  while (tracker.settledCount < tracker.size) {
    await new Promise((resolve) => setTimeout(resolve, CHECK_MS));
    const now = performance.now();
    if (tracker.settledCount !== settled) [settled, settledAt] = [tracker.settledCount, now];
    if (now - settledAt > stalledMs) return false;
    if (now - settledAt < idleMs || (await isBusy(run))) busyAt = now;
    else if (now - busyAt > idleMs) return false;
  }
  return true;
}

/** A message that waits for its next try counts as in flight or delayed. */
async function isBusy({ queues, functions }: Pick<LocalRun, 'queues' | 'functions'>): Promise<boolean> {
  const counts = Object.values(await queues.counts());
  return (
    functions.states().some(({ busy }) => busy > 0) ||
    counts.some(({ inFlight, delayed }) => inFlight + delayed > 0)
  );
}
