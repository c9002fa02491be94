import { isRetryCode } from './codes';
import { needsSomebody } from './link-state';
import type { Standing } from './standing';

export type { Standing } from './standing';

/** A system as it is expected to know a person. */
export interface ExpectedSystem {
  readonly name: string;
  /** True when a person is not ready without an account there. */
  readonly required: boolean;
  /** True when what was handed over waits for the system's sign-off. */
  readonly awaited?: boolean;
  /** True when the system makes accounts on request alone. */
  readonly onRequest?: boolean;
  /** Whether the connection that a person comes by brings accounts here; left out where it is not known. */
  readonly jit?: boolean;
  /**
   * How long ago the person was promised something here in the login that waits. They wait for it, required or not, and
   * what was written before says nothing of it.
   */
  readonly promisedMsAgo?: number;
}

/** A row of the user-link table, as far as it says how a person stands. */
export interface StandingRow {
  readonly system: string;
  /** A link state. One that is not known here says nothing. */
  readonly state: string;
  readonly code?: string | undefined;
  /** Present while a worker has it. */
  readonly lease?: object;
  /** How long ago it was written; left out where nobody looked. */
  readonly ageMs?: number;
  /** True once the life of the person that it is of is over, so that no account comes in it any more. */
  readonly over?: boolean;
}

export interface StandingIn extends Pick<ExpectedSystem, 'name' | 'required'> {
  readonly standing: Standing;
}

/** Whether a person has what they need. */
export interface Readiness {
  /** No system is waited for, and none failed. */
  readonly all: boolean;
  /** No required system is waited for. */
  readonly settled: boolean;
  /** The required systems that failed. */
  readonly failed: readonly string[];
  /** Every system that is expected, in the order in which it was. */
  readonly systems: readonly StandingIn[];
}

/** How a person stands in each of `systems`, by the rows that there are of them. */
export function readinessOf(rows: readonly StandingRow[], systems: readonly ExpectedSystem[]): Readiness {
  const standings = systems.map((system) => {
    const row = rows.find((one) => one.system === system.name);
    return { name: system.name, required: system.required, standing: standingOf(row, system) };
  });
  return {
    all: standings.every(({ standing }) => standing === 'ready' || standing === 'not-needed'),
    settled: systems.every((system, at) => !isWaitedFor(system) || standings[at]?.standing !== 'waiting'),
    failed: standings
      .filter(({ required, standing }) => required && standing === 'failed')
      .map(({ name }) => name),
    systems: standings,
  };
}

/**
 * Whether a worker has a link, or comes back to it. It may be linked meanwhile: the account that was there before is, and
 * not yet what the worker is to bring.
 */
export const isAtWork = ({ state, code, lease }: Pick<StandingRow, 'state' | 'code' | 'lease'>): boolean =>
  lease !== undefined || (isRetryCode(code) && !needsSomebody(state));

/** Whether a login waits for this system. */
export const isWaitedFor = ({ required, promisedMsAgo }: ExpectedSystem): boolean =>
  required || promisedMsAgo !== undefined;

/** How a person stands in a system by their row there; undefined where there is none. */
export function standingOf(
  row: Omit<StandingRow, 'system'> | undefined,
  { awaited = false, ...system }: Pick<ExpectedSystem, 'awaited' | 'onRequest' | 'jit' | 'promisedMsAgo'>,
): Standing {
  if (row === undefined) return isNeededUnseen(system) ? 'waiting' : 'not-needed';
  if (row.over) return 'not-needed';
  if ((row.ageMs ?? 0) > (system.promisedMsAgo ?? Number.POSITIVE_INFINITY)) return 'waiting';
  if (system.promisedMsAgo !== undefined && isAtWork(row)) return 'waiting';
  if (row.state === 'linked') return 'ready';
  if (row.state === 'handed-over') return awaited ? 'waiting' : 'ready';
  if (needsSomebody(row.state)) return 'failed';
  return WITHOUT.has(row.state) && isNotNeeded(row, system) ? 'not-needed' : 'waiting';
}

type Expected = Pick<ExpectedSystem, 'onRequest' | 'jit' | 'promisedMsAgo'>;

/** Neither who never was to have an account, nor whose account went. Who is deleted or blocked is in these as well. */
const WITHOUT: ReadonlySet<string> = new Set(['skipped', 'disabled', 'deprovisioning', 'deprovisioned']);

const isNeededUnseen = ({ onRequest = false, jit = true, promisedMsAgo }: Expected) =>
  promisedMsAgo !== undefined || (!onRequest && jit);

/** An event stream tells within seconds. Who has none is never told, and nobody is to wait for that at each login. */
const SCOPE_IS_TOLD_WITHIN_MS = 60_000;

// What is asked for, or comes by a connection that brings accounts, is on its way: the row is older than that. And
// where the scope is not known, the event that says it is on its way as well, for a while.
function isNotNeeded(
  { code, ageMs = 0 }: Omit<StandingRow, 'system'>,
  { onRequest = false, jit = false }: Expected,
): boolean {
  if (code === 'scope-unknown') return ageMs > SCOPE_IS_TOLD_WITHIN_MS;
  if (code === 'jit-off') return !jit;
  if (code === 'not-asked-yet') return onRequest;
  return code === 'out-of-scope';
}
