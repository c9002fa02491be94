import type { Emission } from './emit';
import { type EmitCode, NotEmitted } from './emit-codes';
import { LOG_LINE_LENGTH } from './limits';

export interface RunDeps {
  readonly log: (line: string) => void;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Prints one line about how an Action ended. */
export function logEmission(
  action: string,
  emission: Emission,
  startedAt: number,
  { log, now }: RunDeps,
): void {
  const line = JSON.stringify({ punctual: action, ...emission, ms: now() - startedAt });
  log(line.slice(0, LOG_LINE_LENGTH));
}

/** Messages of errors may quote what was being sent, so only our own codes are repeated. */
export function codeOf(error: unknown): EmitCode {
  return error instanceof NotEmitted ? error.code : 'unexpected';
}
