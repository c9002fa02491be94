import type { Clock } from '../clock';

export const MINUTE_MS = 60_000;
/** What functions print and queues report about a minute arrives a moment later. Real time. */
const ARRIVAL_MS = 100;
/** However fast virtual time passes, the machine has other things to do. Real time. */
const SHORTEST_PAUSE_MS = 50;

export interface MinuteTicker {
  stop(): void;
}

/**
 * Calls with the end of each virtual minute, once everything about it has arrived; in a fast run only with the
 * latest of those that passed. The first call comes at once.
 */
export function startMinuteTicker(clock: Clock, onMinute: (end: number) => void): MinuteTicker {
  const arrival = ARRIVAL_MS * clock.scale;
  let timer: NodeJS.Timeout;
  const tick = () => {
    const end = Math.floor((clock.now() - arrival) / MINUTE_MS) * MINUTE_MS;
    onMinute(end);
    const pause = clock.realDelayMs(end + MINUTE_MS + arrival - clock.now());
    timer = setTimeout(tick, Math.max(SHORTEST_PAUSE_MS, pause));
  };
  tick();
  return {
    stop: () => clearTimeout(timer),
  };
}
