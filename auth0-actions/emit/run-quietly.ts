import type { Emission } from './emit';
import { codeOf, logEmission, type RunDeps } from './log-emission';

/**
 * Runs the work of an Action and prints one line about how it ended. Never rejects: whatever is wrong with us,
 * a person's registration or login goes on.
 */
export async function runQuietly(
  action: string,
  work: () => Promise<Emission>,
  deps: RunDeps,
): Promise<void> {
  try {
    const startedAt = deps.now();
    const emission = await work().catch((error: unknown): Emission => ({ code: codeOf(error) }));
    logEmission(action, emission, startedAt, deps);
  } catch {
    // A console or a clock that throws is nobody's reason to lose a person.
  }
}
