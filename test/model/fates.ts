import type { JitRule } from '../../events/jit-rule';
import type { AcceptedEvent } from '../../lambdas/connectors/authenticity/accepted-event';
import { FUNCTION_TIMEOUT_MS, LATE_MS } from './numbers';
import type { Deed } from './watch';

/** What happens to the next call that a worker makes. */
export type Fate =
  | 'answered'
  | 'throttled'
  | 'rejected'
  | 'timed-out'
  | 'answer-lost'
  | 'late'
  | 'unnamed'
  | 'crash-before'
  | 'crash-after'
  /** Hangs, calls at the last moment, and is ended before there is an answer. */
  | 'time-over';

export type Verb = 'get' | 'claim' | 'close' | 'admit' | 'take' | 'find' | 'match' | 'read' | Deed;

/** A worker that waits for the fate of its next call. */
interface Turn {
  readonly what: Verb;
  /** Epoch ms at which its function was started. */
  readonly since: number;
  readonly decide: (fate: Fate) => void;
}

/** One run of the function: a message, a clock that may be wrong, and a life that may end at any call. */
export interface Run {
  readonly accepted: AcceptedEvent;
  /** Milliseconds by which its clock is wrong. */
  readonly skew: number;
  readonly since: number;
  isAlive: boolean;
  /** True once nothing more fails. */
  isSpared: boolean;
  token?: string;
  jit?: JitRule | null;
}

/** A call's ways to end: `fails` is what the caller sees of one that does. */
export interface Ways<T> {
  readonly what: Verb;
  readonly act: () => Promise<T>;
  readonly fails: (fate: 'throttled' | 'rejected' | 'timed-out') => Error;
  /** Absent where nothing happens late. */
  readonly actLate?: () => Promise<T>;
  /** Absent where there is always a name. */
  readonly actUnnamed?: () => Promise<T>;
}

/** The time of a world. Whoever lets it pass tells the others. */
export interface Time {
  readonly now: number;
  readonly tick: (ms: number) => void;
}

/** Calls of the workers under way, each waiting for its fate, and what takes effect after its worker saw it fail. */
export class Fates {
  private readonly turns: Turn[] = [];
  private readonly late: { at: number; act: () => void }[] = [];

  constructor(private readonly time: Time) {}

  get waiting(): number {
    return this.turns.length;
  }

  /** What the worker that came last waits for. */
  get last(): Verb | undefined {
    return this.turns.at(-1)?.what;
  }

  call<T>(run: Run, ways: Ways<T>): Promise<T> {
    if (!run.isAlive) return new Promise(() => {});
    if (run.isSpared) return ways.act();
    return new Promise<T>((resolve, reject) => {
      const decide = (fate: Fate) => this.meet(fate, run, ways, { resolve, reject });
      this.turns.push({ what: ways.what, since: run.since, decide });
    });
  }

  private meet<T>(fate: Fate, run: Run, ways: Ways<T>, { resolve, reject }: Ends<T>): void {
    const { act, fails, actLate, actUnnamed } = ways;
    switch (fate) {
      case 'answered':
        act().then(resolve, reject);
        break;
      case 'throttled':
      case 'rejected':
      case 'timed-out':
        reject(fails(fate));
        break;
      case 'answer-lost':
        act().then(() => reject(fails('timed-out')), reject);
        break;
      case 'late':
        if (actLate !== undefined) this.late.push({ at: this.time.now + LATE_MS, act: () => void actLate() });
        reject(fails('timed-out'));
        break;
      case 'unnamed':
        // Only a worker that lives to write it down protects against an index that is later than `settleMs`.
        run.isSpared = actUnnamed !== undefined;
        (actUnnamed ?? act)().then(resolve, reject);
        break;
      default:
        this.end(fate, run);
        if (fate !== 'crash-before') void act();
    }
  }

  private end(fate: 'crash-before' | 'crash-after' | 'time-over', run: Run): void {
    if (fate === 'time-over') this.time.tick(run.since + FUNCTION_TIMEOUT_MS - 1 - this.time.now);
    run.isAlive = false;
  }

  /** Decides the fate of one call, whichever. */
  decide(index: number, fate: Fate): void {
    const [turn] = this.turns.splice(index % Math.max(1, this.turns.length), 1);
    turn?.decide(fate);
  }

  /** Workers whose time is over have died, and what was late may show by now. */
  passTime(): void {
    const alive = this.turns.filter(({ since }) => this.time.now - since < FUNCTION_TIMEOUT_MS);
    this.turns.splice(0, this.turns.length, ...alive);
    for (const effect of this.late.splice(0)) {
      if (effect.at <= this.time.now) effect.act();
      else this.late.push(effect);
    }
  }

  /** Whoever was under way has died. */
  killAll(): void {
    this.turns.splice(0);
  }
}

interface Ends<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}
