import type { Connector } from '../../../lambdas/connectors/connector';
import type { MappingRule } from '../../../lambdas/connectors/intent/mapping-rule';
import type { AskedFault } from '../../../local/faults/fault-schema';
import type { FaultName } from '../../../local/faults/named-faults';

/** A fault without the system that has it. */
export type Fault = Omit<AskedFault, 'system'>;

/** An account as the system itself has it, not as it shows it. */
export interface Kept {
  readonly email: unknown;
  readonly active: boolean;
}

/** A connector, and a system for it that fails on demand. */
export interface Subject {
  readonly connector: Connector;
  /** What the connector's systems are mapped to by default. */
  readonly rules: readonly MappingRule[];
  /** Lets the system fail, and the connector lose its patience soon where the fault is that an answer does not come. */
  fail(fault: Fault): Promise<void>;
  heal(): Promise<void>;
  /** What carries this externalId. */
  accounts(externalId: string): Promise<Kept[]>;
  /** Somebody in the system makes an account of their own for the user. */
  addForeign(userId: string): Promise<void>;
  /** The system and its secret get another token; absent where there is none. */
  rotate?(): Promise<void>;
  stop(): Promise<void>;
}

export type Verb = 'find' | 'read' | 'match' | 'create' | 'change' | 'setActive' | 'remove';

/** What a verb comes to: what it gives, or the code that it fails with, and after which time the system says to come back. */
export type Worth = { readonly gives: unknown } | { readonly fails: string; readonly retryAfterMs?: unknown };

export type Promises = Readonly<Record<Verb, Worth>>;

/** Of each way to fail, what the verbs come to. Undefined where a system of this kind cannot fail so. */
export type Contract = Readonly<Record<Exclude<FaultName, 'killed' | 'killed-after'>, Promises | undefined>>;

/** A kind of system, as the suite needs it. */
export interface Kind {
  readonly start: () => Promise<Subject>;
  readonly contract: Contract;
}

const UNHARMED: Promises = {
  find: { gives: { kind: 'one', account: { carries: 'ours' } } },
  read: { gives: { kind: 'one', account: { carries: 'ours' } } },
  match: { gives: { kind: 'one', account: { carries: 'ours' } } },
  create: { gives: { kind: 'created' } },
  change: { gives: 'changed' },
  setActive: { gives: 'changed' },
  remove: { gives: 'removed' },
};

/** As if nothing were wrong, but for some verbs. */
export const unharmedBut = (verbs: Partial<Promises>): Promises => ({ ...UNHARMED, ...verbs });

/** Every verb fails in one way, but some. */
export function failing(fails: string, retryAfterMs?: unknown, but: Partial<Promises> = {}): Promises {
  const worth = { fails, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  const all = Object.keys(UNHARMED).map((verb) => [verb, worth]);
  return { ...(Object.fromEntries(all) as Promises), ...but };
}

/** Searches come to this, and every other verb is unharmed. */
export const searching = (worth: Worth): Promises => unharmedBut({ find: worth, match: worth });

/** How long a connector waits: long where an answer comes, because the machine may be busy. */
export class Patience {
  ms = LONG_MS;

  lose({ fault }: Fault): void {
    if (UNANSWERED.includes(fault)) this.ms = SHORT_MS;
  }

  regain(): void {
    this.ms = LONG_MS;
  }
}

const LONG_MS = 5_000;
const SHORT_MS = 80;
const UNANSWERED: readonly string[] = ['timeout', 'timeout-after', 'slow-body'];
