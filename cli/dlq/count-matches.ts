import type { Line } from '../../terminal/line';
import type { QueuedMessage } from '../aws/queues';
import { usageError } from '../cli-error';
import type { Deps } from '../deps';
import { describeHidden } from './describe-hidden';
import type { ParkedQueue } from './parked-queue';
import { peek } from './peek';
import type { Selection } from './selection';

export interface Matches {
  /** How many messages are selected, of those that can be seen. */
  readonly count: number;
  /** Messages in the queue as far as SQS knows, selected or not. */
  readonly inQueue: number;
  /** Of them those that cannot be seen now: somebody has them in hand. */
  readonly hidden: number;
  /** False where only the beginning of the queue was looked at. */
  readonly isExact: boolean;
  /** Epoch ms at which this was counted. */
  readonly startedAt: number;
  /** What is selected. */
  readonly matches: (message: QueuedMessage) => boolean;
}

/** Looking at more to count them would take about as long as doing it. */
const MOST_LOOKED_AT = 1_000;
/** SQS tells when a message was sent, and we when we began; the clocks agree to the second. */
const CLOCKS_DIFFER_MS = 1_000;

/** Counts what a selection means, without changing anything. */
export async function countMatches(
  { url }: ParkedQueue,
  selection: Selection,
  deps: Pick<Deps, 'queues' | 'now' | 'stopping'>,
): Promise<Matches> {
  const queues = await deps.queues();
  const { visible, inFlight, delayed } = await queues.depth(url);
  const startedAt = deps.now() + CLOCKS_DIFFER_MS;
  const inQueue = visible + inFlight + delayed;
  const { matches } = selection;
  // None may be a count that is late.
  if (selection.isAll && visible > 0)
    return { count: visible, inQueue, hidden: inFlight + delayed, isExact: true, startedAt, matches };
  const { messages, isEverything: isExact, hidden } = await peek(queues, url, MOST_LOOKED_AT, deps);
  const found = messages.filter(matches);
  return {
    count: found.length,
    inQueue: Math.max(inQueue, messages.length + hidden),
    hidden,
    isExact,
    startedAt,
    matches: pinned(selection, found, isExact),
  };
}

/** Whether a pass may find any, for all that is known. */
export function mayMatch({ count, hidden, isExact }: Matches): boolean {
  return count + hidden > 0 || !isExact;
}

/** What the count leaves out. */
export function describeUnseen({ hidden, isExact }: Matches, width: number): Line[] {
  return isExact
    ? describeHidden(hidden, width)
    : ['There are more than were looked at; --yes goes through all.'];
}

const WHOLE_ID = 36;

/** The beginning of an id means the one message that was found, and no other that comes meanwhile. */
function pinned(
  { id, matches }: Selection,
  found: readonly QueuedMessage[],
  isExact: boolean,
): Selection['matches'] {
  if (id === undefined) return matches;
  const [first, second] = found;
  if (second !== undefined)
    throw usageError(`The ids of ${found.length} messages begin with ${id}`, 'Give more of it');
  if (first === undefined && !isExact && id.length < WHOLE_ID)
    throw usageError(`No message was found whose id begins with ${id}`, 'Give the whole id: there are many');
  return (message) => message.id === (first?.id ?? id);
}
