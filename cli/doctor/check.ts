import type { Deps } from '../deps';

/** How something is, and what to do about it. */
export interface Finding {
  readonly status: 'ok' | 'warn' | 'fail';
  readonly words: string;
  /** What to do, for all but `ok`. */
  readonly todo?: string;
}

/** One thing that the doctor looks at; it changes nothing. */
export interface Check {
  readonly name: string;
  readonly look: (deps: Deps) => Promise<Finding>;
}

export const ok = (words: string): Finding => ({ status: 'ok', words });
export const warn = (words: string, todo: string): Finding => ({ status: 'warn', words, todo });
export const fail = (words: string, todo: string): Finding => ({ status: 'fail', words, todo });
