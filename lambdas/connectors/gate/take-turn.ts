import type { RateState } from '../../../events/rate-state';
import type { Metrics } from '../../runtime/metrics';
import { createKnownItem } from '../../system-items/known-item';
import type { SharedItem } from '../../system-items/shared-item';
import { RetryableError } from '../connector';
import { FULL, type Rate, type Turns, takeTurns } from './rate-bucket';

/**
 * Resolves when the system may be called once. Rejects with an error of the port when that would take too long.
 *
 * @param until epoch ms after which nobody makes the call any more
 */
export type TakeTurn = (until?: number) => Promise<void>;

/** A system without a rate is called at once. */
export const AT_ONCE: TakeTurn = async () => {};

export interface TakeTurnDeps {
  readonly system: string;
  readonly item: SharedItem<RateState>;
  readonly rate: Rate;
  /** The function would not live longer. */
  readonly longestWaitMs: number;
  /** Epoch ms. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly metrics: Metrics;
}

/** Each failed write means that another instance got its turns. */
const MOST_WRITES = 50;

interface Waiter {
  readonly until: number;
  readonly go: (at: number) => void;
  readonly fail: (error: Error) => void;
}

/** Turns that all instances of a function share: those who wait in one instance take theirs by one write. */
export function createTakeTurn(deps: TakeTurnDeps): TakeTurn {
  const { item, now, sleep } = deps;
  // What cannot be read cannot be written either, and that is told to those who wait.
  const onUnreadable = () => {};
  const bucket = createKnownItem({ item, now, onUnreadable, initial: FULL, mostWrites: MOST_WRITES });
  const waiting: Waiter[] = [];

  const take = async (waiters: readonly Waiter[]): Promise<Turns['times']> => {
    let times: Turns['times'] = [];
    const { written } = await bucket.change((state) => {
      const latest = waiters.map(({ until }) => Math.min(until, now() + deps.longestWaitMs));
      const turns = takeTurns(state, deps.rate, { latest, now: now() });
      times = turns.times;
      return times.every((at) => at === undefined) ? undefined : turns.next;
    });
    return written ? times : [];
  };
  // Whoever ends before the last turn made other calls, and `rate-limited` would say that nothing was called.
  const codeFor = (until: number) => (until < now() + deps.longestWaitMs ? 'remote-timeout' : 'rate-limited');
  const serve = async () => {
    const served = waiting.splice(0);
    const times = await take(served).catch(() => undefined);
    served.forEach(({ go, fail, until }, index) => {
      const at = times?.[index];
      if (at !== undefined) go(at);
      else fail(new RetryableError(times === undefined ? 'store-unavailable' : codeFor(until)));
    });
  };
  let isServing = false;
  const serveAll = async () => {
    if (isServing) return;
    isServing = true;
    // All who ask in the same moment are served together.
    await Promise.resolve();
    while (waiting.length > 0) await serve();
    isServing = false;
  };
  return async (until = Number.POSITIVE_INFINITY) => {
    const at = await new Promise<number>((go, fail) => {
      waiting.push({ go, fail, until });
      void serveAll();
    });
    const waitMs = at - now();
    if (waitMs <= 0) return;
    deps.metrics(deps.system, [{ name: 'RateWait', value: Math.round(waitMs), unit: 'Milliseconds' }]);
    await sleep(waitMs);
  };
}
