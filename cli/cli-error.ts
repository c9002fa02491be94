/** 0 done, 1 something is not well, 2 wrong usage, 3 refused or out of reach. */
export type ExitCode = 0 | 1 | 2 | 3;

/** What a person can mend, said in one line: what is wrong, and what to do. */
export class CliError extends Error {
  constructor(
    /** Stable; scripts branch on it. */
    readonly code: string,
    /** A sentence without its full stop. */
    words: string,
    /** What to do, as a sentence. */
    readonly hint?: string,
    readonly exitCode: ExitCode = 3,
  ) {
    super(words);
    this.name = 'CliError';
  }
}

/** The command was typed wrong. */
export function usageError(words: string, hint?: string): CliError {
  return new CliError('usage', words, hint, 2);
}
