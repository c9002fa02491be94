import type { QueuedMessage, Queues } from '../aws/queues';
import { PassState } from './pass-state';
import { releaseAll } from './peek';

/** What a pass over a queue does with a message that it selects: undefined when it succeeded, or why it did not. */
export type Act = (messages: readonly QueuedMessage[]) => Promise<(string | undefined)[]>;

/** Of messages that are to be deleted and nothing else: nothing has to be done with them before. */
export const letGo: Act = async (messages) => messages.map(() => undefined);

export interface Pass {
  readonly queues: Pick<Queues, 'receive' | 'release' | 'remove'>;
  readonly url: string;
  /** So many are acted on at most, so that what comes back meanwhile does not go round for ever. */
  readonly most: number;
  /** Epoch ms: a message that was sent later came back, or is new, and is left for the next time. */
  readonly startedAt: number;
  readonly matches: (message: QueuedMessage) => boolean;
  /** Before the message is deleted. */
  readonly act: Act;
  readonly stopping: AbortSignal;
  readonly onProgress: (seen: number) => void;
}

export interface PassResult {
  /** Acted on and deleted. */
  readonly done: number;
  /** Selected, and still there: refused, or not deleted after it was acted on. */
  readonly failed: number;
  /** Came while this went on. */
  readonly newer: number;
  /** Not selected. */
  readonly others: number;
  /** Before the queue showed no more. */
  readonly stopped: boolean;
  /** The first reason of a failure, in the words of AWS. */
  readonly reason?: string;
  /** Why it was stopped, where it was not Ctrl-C. */
  readonly halt?: string;
}

/** More at once does not go faster: SQS answers a batch in some ten milliseconds. */
const WORKERS = 4;
/** Time for a batch to be acted on. What is left alone is given back at the end, or by this. */
const HIDE_SECONDS = 300;

/** Receives, acts and deletes until the queue shows no more, or it is told to stop. */
export async function workOff(pass: Pass): Promise<PassResult> {
  const state = new PassState(pass);
  const ends = await Promise.allSettled(Array.from({ length: WORKERS }, () => work(pass, state)));
  await releaseAll(pass.queues, pass.url, state.heldBack());
  const broken = ends.find((end) => end.status === 'rejected');
  const result = state.result(pass.stopping.aborted, (broken?.reason as Error | undefined)?.message);
  // What was refused before anything happened is said as an error; later it must not hide what was done.
  if (broken !== undefined && result.done + result.failed === 0) throw broken.reason;
  return result;
}

async function work(pass: Pass, state: PassState): Promise<void> {
  while (!pass.stopping.aborted && state.halt === undefined) {
    const received = await pass.queues.receive(pass.url, HIDE_SECONDS);
    if (received.length === 0) return;
    await handleBatch(pass, state, received);
    pass.onProgress(state.seen);
  }
}

async function handleBatch(pass: Pass, state: PassState, received: readonly QueuedMessage[]): Promise<void> {
  const selected = state.take(received);
  if (selected.length === 0) return;
  const refusals = await pass.act(selected);
  const acted = selected.filter((_, index) => refusals[index] === undefined);
  const kept = await removeStubbornly(pass, acted);
  const gone = acted.filter((message) => !kept.includes(message));
  const reasons = refusals.filter((reason) => reason !== undefined);
  state.count(gone, [...reasons, ...kept.map(() => NOT_DELETED)]);
}

const NOT_DELETED = 'not deleted after it was sent, so it is there twice, which does no harm';

/** Gives the messages that could not be deleted. */
async function removeStubbornly(
  { queues, url }: Pass,
  messages: readonly QueuedMessage[],
): Promise<QueuedMessage[]> {
  let left = [...messages];
  for (let tries = 0; left.length > 0 && tries < 3; tries += 1) {
    const batch = left;
    const failures = await queues.remove(url, batch).catch(() => batch.map(() => 'no answer'));
    left = batch.filter((_, index) => failures[index] !== undefined);
  }
  return left;
}
