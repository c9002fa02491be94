import type { QueuedMessage, Queues } from '../aws/queues';
import { releaseAll } from './peek';

/** What a pass over a queue does with a message that it selects: undefined when it succeeded, or why it did not. */
export type Act = (messages: readonly QueuedMessage[]) => Promise<(string | undefined)[]>;

export interface Pass {
  readonly queues: Pick<Queues, 'receive' | 'release' | 'remove'>;
  readonly url: string;
  /** So many are received at most, so that what comes back meanwhile does not go round for ever. */
  readonly most: number;
  /** Epoch ms: a message that was sent later came back, or is new, and is left for the next time. */
  readonly startedAt: number;
  readonly matches: (message: QueuedMessage) => boolean;
  /** Before the message is deleted. */
  readonly act: Act;
  readonly stopping: AbortSignal;
  readonly onProgress: (looked: number) => void;
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
  /** By Ctrl-C, or because AWS gave no messages any more. */
  readonly stopped: boolean;
  /** The first reason of a failure, in the words of AWS. */
  readonly reason?: string;
}

/** Why a pass was stopped, where it was not Ctrl-C and nothing else says so. */
export function because({ failed, reason }: PassResult): string {
  return failed === 0 && reason !== undefined ? `: ${reason}` : '';
}

/** More at once does not go faster: SQS answers a batch in some ten milliseconds. */
const WORKERS = 4;
/** Time for a batch to be acted on. What is left alone is given back at the end, or by this. */
const HIDE_SECONDS = 300;
/** So many that are left alone are kept from being seen twice; a million of them must not fill the memory. */
const MOST_HELD = 5_000;

/** Receives, acts and deletes until the queue is empty, `most` were received, or it is told to stop. */
export async function workOff(pass: Pass): Promise<PassResult> {
  const state = new PassState(pass);
  const workers = Math.min(WORKERS, Math.ceil(pass.most / 10));
  const ends = await Promise.allSettled(Array.from({ length: workers }, () => work(pass, state)));
  await state.releaseHeld();
  const broken = ends.find((end) => end.status === 'rejected');
  const result = state.result(pass.stopping.aborted, (broken?.reason as Error | undefined)?.message);
  // What was refused before anything happened is said as an error; later it must not hide what was done.
  if (broken !== undefined && result.done + result.failed === 0) throw broken.reason;
  return result;
}

async function work(pass: Pass, state: PassState): Promise<void> {
  while (!pass.stopping.aborted) {
    const asked = state.reserve();
    if (asked === 0) return;
    const received = await pass.queues.receive(pass.url, HIDE_SECONDS, asked);
    state.giveBack(asked - received.length);
    if (received.length === 0) return;
    await handleBatch(pass, state, received);
    pass.onProgress(state.looked);
  }
}

async function handleBatch(pass: Pass, state: PassState, received: readonly QueuedMessage[]): Promise<void> {
  const selected = received.filter((message) => state.select(message));
  await state.hold(received.filter((message) => !selected.includes(message)));
  if (selected.length === 0) return;
  const refusals = await pass.act(selected);
  const acted = selected.filter((_, index) => refusals[index] === undefined);
  const refused = selected.filter((_, index) => refusals[index] !== undefined);
  const kept = await removeStubbornly(pass, acted);
  state.count(acted.length - kept.length, [...refusals, ...kept.map(() => NOT_DELETED)]);
  await state.hold(refused);
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

/** Counts of a pass, and what it keeps hidden. */
class PassState {
  looked = 0;
  private left: number;
  private done = 0;
  private failed = 0;
  private newer = 0;
  private others = 0;
  private reason: string | undefined;
  private held: QueuedMessage[] = [];

  constructor(private readonly pass: Pass) {
    this.left = pass.most;
  }

  /** How many a worker may receive now. */
  reserve(): number {
    const asked = Math.min(10, this.left);
    this.left -= asked;
    this.looked += asked;
    return asked;
  }

  giveBack(count: number): void {
    this.left += count;
    this.looked -= count;
  }

  select(message: QueuedMessage): boolean {
    const isNewer = message.sentAt > this.pass.startedAt;
    const isMeant = this.pass.matches(message);
    if (!isMeant) this.others += 1;
    else if (isNewer) this.newer += 1;
    return isMeant && !isNewer;
  }

  count(done: number, reasons: readonly (string | undefined)[]): void {
    const failures = reasons.filter((reason) => reason !== undefined);
    this.done += done;
    this.failed += failures.length;
    this.reason ??= failures[0];
  }

  async hold(messages: readonly QueuedMessage[]): Promise<void> {
    this.held.push(...messages);
    if (this.held.length > MOST_HELD)
      await releaseAll(this.pass.queues, this.pass.url, this.held.splice(0, 10));
  }

  releaseHeld(): Promise<void> {
    return releaseAll(this.pass.queues, this.pass.url, this.held.splice(0));
  }

  result(stopped: boolean, broken: string | undefined): PassResult {
    const { done, failed, newer, others } = this;
    const reason = this.reason ?? broken;
    const counts = { done, failed, newer, others, stopped: stopped || broken !== undefined };
    return { ...counts, ...(reason === undefined ? {} : { reason }) };
  }
}
