import type { Clock } from '../clock';

export const MINUTE_MS = 60_000;
/** What functions print and queues report about a minute arrives a moment later. Real time. */
const ARRIVAL_MS = 100;
/** However fast virtual time passes, the machine has other things to do. Real time. */
const SHORTEST_PAUSE_MS = 50;

export interface MinuteTicker {
  stop(): void;
}

/** Of those that passed meanwhile in a run that is faster than that. */
const MOST_MINUTES = 15;

/**
 * Calls with the ends of the virtual minutes that passed, once everything about them has arrived. The first call
 * comes at once.
 */
export function startMinuteTicker(clock: Clock, onMinutes: (ends: readonly number[]) => void): MinuteTicker {
  const arrival = ARRIVAL_MS * clock.scale;
  let last: number | undefined;
  let timer: NodeJS.Timeout;
  const tick = () => {
    const end = Math.floor((clock.now() - arrival) / MINUTE_MS) * MINUTE_MS;
    onMinutes(minutesAfter(last ?? end - MINUTE_MS, end));
    last = end;
    const pause = clock.realDelayMs(end + MINUTE_MS + arrival - clock.now());
    timer = setTimeout(tick, Math.max(SHORTEST_PAUSE_MS, pause));
  };
  tick();
  return {
    stop: () => clearTimeout(timer),
  };
}

function minutesAfter(last: number, end: number): number[] {
  const passed = Math.min(MOST_MINUTES, (end - last) / MINUTE_MS);
  return Array.from({ length: passed }, (_, index) => end - (passed - 1 - index) * MINUTE_MS);
}
