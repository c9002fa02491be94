import type { Deps } from '../deps';
import type { ParkedQueue } from './parked-queue';
import { peek } from './peek';
import type { Selection } from './selection';

export interface Matches {
  /** How many messages are selected. */
  readonly count: number;
  /** Messages in the queue, selected or not: as many as a pass may look at. */
  readonly inQueue: number;
  /** False where only the beginning of the queue was looked at. */
  readonly isExact: boolean;
  /** Epoch ms at which this was counted. */
  readonly startedAt: number;
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
  const { visible } = await queues.depth(url);
  const startedAt = deps.now() + CLOCKS_DIFFER_MS;
  if (selection.isAll) return { count: visible, inQueue: visible, isExact: true, startedAt };
  const { messages, isEverything } = await peek(queues, url, MOST_LOOKED_AT, deps);
  const count = messages.filter(selection.matches).length;
  return { count, inQueue: Math.max(visible, messages.length), isExact: isEverything, startedAt };
}
