import type { Emission } from './emit';
import { codeOf, logEmission, type RunDeps } from './log-emission';

/** Codes with which nothing is left to do: the event is where it belongs, or no try could bring it there. */
const DONE: ReadonlySet<string> = new Set([
  'emitted',
  'test-event',
  'other-event',
  'not-come-yet',
  'bad-event',
]);

/**
 * Runs the work of an Action that nobody waits for, and prints one line about how it ended. Throws its code unless
 * nothing is left to do, so that Auth0 tries again.
 */
export async function runLoudly(action: string, work: () => Promise<Emission>, deps: RunDeps): Promise<void> {
  const startedAt = deps.now();
  const emission = await work().catch((error: unknown): Emission => ({ code: codeOf(error) }));
  logEmission(action, emission, startedAt, deps);
  if (!DONE.has(emission.code)) throw new Error(`punctual: ${emission.code}`);
}
