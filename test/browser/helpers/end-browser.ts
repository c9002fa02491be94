import { rmSync } from 'node:fs';
import type { StartedBrowser } from './start-browser';

/** Ends the browser of the run with all its processes. Jest calls it after the last test. */
export default async function endBrowser(): Promise<void> {
  const { startedBrowser } = globalThis as { startedBrowser?: StartedBrowser };
  if (startedBrowser !== undefined) await stopBrowser(startedBrowser);
}

export async function stopBrowser({ server, folder }: StartedBrowser): Promise<void> {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
