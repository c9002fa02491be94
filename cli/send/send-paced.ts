import type { Deps } from '../deps';

/** More than this under way at once says that the API is slower than the rate; then the API sets the pace. */
const MOST_AT_ONCE = 20;

/** Sends number 1 to `count`, `rate` of them a second at most. The first failure ends it, as does Ctrl-C. */
export async function sendPaced(
  count: number,
  rate: number,
  sendOne: (number: number) => Promise<void>,
  { pause, stopping }: Pick<Deps, 'pause' | 'stopping'>,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const stop = count > 1 ? stopping() : undefined;
  const startedAt = performance.now();
  for (let number = 1; number <= count && failures.length === 0 && !stop?.aborted; number += 1) {
    const due = startedAt + ((number - 1) * 1_000) / rate - performance.now();
    if (due > 1) await pause(due);
    const sending = sendOne(number).catch((error) => void failures.push(error));
    underWay.add(sending);
    void sending.then(() => underWay.delete(sending));
    if (underWay.size >= MOST_AT_ONCE) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
}
