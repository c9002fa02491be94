import { needsSomebody } from '../../events/link-state';
import { isSettled, type LinkProgress, type LinkTracker } from './link-progress';

/** The last line of `npm start -- --json`. */
export interface Summary {
  readonly users: number;
  /** Pairs of a user and a system that should be linked. */
  readonly links: number;
  readonly linked: number;
  /** Settled without an account: rejected, failed or held. */
  readonly rejected: number;
  /** Not settled, rows that were never written among them. */
  readonly pending: number;
  /** Accounts beyond one per user, counted in the systems themselves. */
  readonly duplicates: number;
  /** Calls that IAM refused; a stack that lets everybody do their work has none. */
  readonly denied: number;
  /** Messages that a worker parked, by code. */
  readonly parked: Readonly<Record<string, number>>;
  /** From the call of the Action until the link was written, over all links. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Users a second, from the first call of the Action until the last link. */
  readonly perSecond: number;
}

export function summarize(
  tracker: LinkTracker,
  { duplicates, denied, parked }: Pick<Summary, 'duplicates' | 'denied' | 'parked'>,
): Summary {
  const links = tracker.all();
  const users = new Set(links.map(({ userId }) => userId)).size;
  const latencies = links.flatMap(({ ms }) => ms ?? []).sort((one, other) => one - other);
  const seconds = (tracker.lastLinkedAt - tracker.firstCalledAt) / 1000;
  return {
    users,
    links: links.length,
    linked: count(links, ({ state }) => state === 'linked'),
    rejected: count(links, ({ state }) => needsSomebody(state)),
    pending: count(links, (link) => !isSettled(link)),
    duplicates,
    denied,
    parked,
    p50Ms: rounded(percentile(latencies, 50)),
    p99Ms: rounded(percentile(latencies, 99)),
    perSecond: seconds > 0 ? rounded(users / seconds) : 0,
  };
}

/** Everything that was asked for is there, once, and nobody lacked a permission on the way. */
export function isComplete({ links, linked, duplicates, denied }: Summary): boolean {
  return linked === links && duplicates === 0 && denied === 0;
}

/** Nearest rank; 0 for no values. */
export function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? 0;
}

function count(links: readonly LinkProgress[], matches: (link: LinkProgress) => boolean): number {
  return links.filter(matches).length;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
