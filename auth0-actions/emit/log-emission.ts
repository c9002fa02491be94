import type { Emission } from './emit';
import { type EmitCode, NotEmitted } from './emit-codes';
import { LOG_LINE_LENGTH } from './limits';

export interface RunDeps {
  readonly log: (line: string) => void;
  /** Epoch ms. */
  readonly now: () => number;
}

/** What is printed of it: codes and numbers, nothing about the person. */
export interface Ended extends Emission {
  /** How asking for the status ended, where both were done. */
  readonly asked?: EmitCode;
  /** What became of an invitation, or why nobody knows. */
  readonly invitation?: string;
  /** The person was sent to the status page. */
  readonly sent?: boolean;
}

/** Prints one line about how an Action ended. */
export function logEmission(action: string, emission: Ended, startedAt: number, { log, now }: RunDeps): void {
  const line = JSON.stringify({ punctual: action, ...emission, ms: now() - startedAt });
  log(line.slice(0, LOG_LINE_LENGTH));
}

/** Messages of errors may quote what was being sent, so only our own codes are repeated. */
export function codeOf(error: unknown): EmitCode {
  return error instanceof NotEmitted ? error.code : 'unexpected';
}
