import type { UserLink } from '../user-links/user-link';
import { progressOf } from './progress-of';

/** Who may have an account of a link that ended without one made after all. */
export interface Asked {
  readonly country: string | undefined;
  /** True where an administrator wants what was given up to be tried again. */
  readonly retry: boolean;
}

/**
 * What a call that asks for an account does: `answer` with the link as it is, `wait` for what is under way already, or
 * `ask` for it by an event.
 */
export type NextStep = 'answer' | 'wait' | 'ask';

/** Why there is no account that an event can change, because nobody asked until now or nobody said enough. */
const ASKING_HELPS: ReadonlySet<string> = new Set(['not-asked-yet', 'jit-off', 'scope-unknown']);
/** What a country mends. */
const COUNTRY_HELPS: ReadonlySet<string> = new Set(['country-missing', 'country-unknown']);

/** @param link of the life that the call is about; undefined where there is none */
export function nextStepOf(link: UserLink | undefined, { country, retry }: Asked): NextStep {
  if (link === undefined) return 'ask';
  const { state, code = '' } = link;
  const progress = progressOf(link);
  if (progress === 'ready') return 'answer';
  // A message is under way, unless an operator released the link: then any event of the user brings it on.
  if (progress === 'waiting') return state === 'pending' && link.attempts === 0 ? 'ask' : 'wait';
  if (state === 'skipped') return ASKING_HELPS.has(code) ? 'ask' : 'answer';
  if (state === 'rejected' && country !== undefined && COUNTRY_HELPS.has(code)) return 'ask';
  return retry && (state === 'failed' || state === 'rejected') ? 'ask' : 'answer';
}
