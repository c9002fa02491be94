/** Waits until `fact` gives something that is true, and gives that. Fails with what was waited for. */
export async function waitFor<T>(
  what: string,
  fact: () => Promise<T | undefined | false>,
  withinMs = 20_000,
): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const found = await fact();
    if (found) return found;
    if (Date.now() > until) throw new Error(`After ${withinMs} ms still no ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
