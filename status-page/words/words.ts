import type { Standing } from '../../events/standing';
import { fill } from '../layout/fill';
import type { DeadEnd } from '../status-view';

/**
 * Where a person is on the page.
 *
 * - `waiting`: for accounts
 * - `ready`, `late`: goes on, with everything or with what there is at the deadline
 * - `failed`: a required account could not be made, and the login goes on; `stopped`: it does not
 * - `again`: the browser has gone on from here before
 * - `stuck`: it should have gone on and has not
 */
export type Phase = 'waiting' | 'ready' | 'late' | 'failed' | 'stopped' | 'again' | 'stuck' | DeadEnd;

export interface PhaseWords {
  readonly heading: string;
  readonly lead: string;
}

/** A sentence for one and for more, with `{count}`. */
export type Counted = readonly [one: string, more: string];

/** Everything that the page says, in one language. What is in braces is filled in. */
export interface Words {
  readonly phases: Readonly<Record<Phase, PhaseWords>>;
  /** `later`: it is not ready, and nobody has to wait for it. */
  readonly standings: Readonly<Record<Standing | 'later', string>>;
  /** `{ready}` of `{all}`. */
  readonly progress: string;
  /** The longest that the wait can still take. */
  readonly limit: Counted;
  /** When the page goes on though something failed. */
  readonly countdown: Counted;
  readonly lost: string;
  readonly found: string;
  readonly buttons: { readonly skip: string; readonly go: string; readonly leave: string };
  readonly back: string;
}

/** What the page says while it lasts: where nothing is to be waited for there is no script. */
export type ClientWords = Omit<Words, 'phases' | 'back'> & {
  readonly phases: Readonly<Record<ClientPhase, PhaseWords>>;
};

export type ClientPhase = Exclude<Phase, DeadEnd>;

export function clientWords({ back: _, ...words }: Words): ClientWords {
  const { expired: _expired, forged: _forged, unavailable: _unavailable, ...phases } = words.phases;
  return { ...words, phases };
}

export const fillCounted = (counted: Counted, count: number): string =>
  fill(counted[count === 1 ? 0 : 1], { count });
