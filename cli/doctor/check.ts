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

const SEVERITY = { fail: 2, warn: 1, ok: 0 } as const;

/** What several looks at one thing found, the worst first; of what is well nothing where something is not. */
export function worstOf(findings: readonly Finding[]): Finding {
  const sorted = findings.toSorted((one, other) => SEVERITY[other.status] - SEVERITY[one.status]);
  const status = sorted[0]?.status ?? 'ok';
  const told = sorted.filter((one) => status === 'ok' || one.status !== 'ok');
  const words = told.flatMap((one) => one.words || []).join('; ');
  const todo = [...new Set(told.flatMap((one) => one.todo || []))].join('. ');
  return { status, words, ...(todo !== '' && { todo }) };
}
