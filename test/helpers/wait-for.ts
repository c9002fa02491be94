const SHORTEST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 250;

/** Waits until `fact` gives something that is true, and gives that. Fails with what was waited for. */
export async function waitFor<T>(
  what: string,
  fact: () => Promise<T | undefined | false>,
  withinMs = 20_000,
): Promise<T> {
  const started = Date.now();
  for (;;) {
    const found = await fact();
    if (found) return found;
    const waitedMs = Date.now() - started;
    if (waitedMs > withinMs) throw new Error(`After ${withinMs} ms still no ${what}`);
    // Asking takes the time of those who are asked. Whoever waited long may wait a twentieth longer.
    const pauseMs = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS + waitedMs / 20);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
