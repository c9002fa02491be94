import type { Emission } from './emit';
import { type EmitCode, NotEmitted } from './emit-codes';
import { LOG_LINE_LENGTH } from './limits';

export interface RunDeps {
  readonly log: (line: string) => void;
  /** Epoch ms. */
  readonly now: () => number;
}

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
    const line = JSON.stringify({ punctual: action, ...emission, ms: deps.now() - startedAt });
    deps.log(line.slice(0, LOG_LINE_LENGTH));
  } catch {
    // A console or a clock that throws is nobody's reason to lose a person.
  }
}

// Messages of errors may quote what was being sent, so only our own codes are repeated.
function codeOf(error: unknown): EmitCode {
  return error instanceof NotEmitted ? error.code : 'unexpected';
}
