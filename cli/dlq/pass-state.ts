import { createHash } from 'node:crypto';
import type { QueuedMessage } from '../aws/queues';
import type { Pass, PassResult } from './work-off';

type Held = Pick<QueuedMessage, 'id' | 'handle'>;

/** SQS hides 120,000 messages of a queue from its consumers at most, and some may be in other hands. */
const MOST_HELD = 100_000;
/** SQS gives a message twice now and then. So many that it gave before mean that hiding them has run out. */
const MOST_REPEATED = 100;

/** Of a message so young the clocks do not tell whether it was there when the pass began. */
const TOO_YOUNG_TO_TELL_MS = 3_000;
const contentOf = ({ body }: QueuedMessage) => createHash('sha256').update(body).digest('base64');

/** Counts of a pass, and what it keeps hidden until its end. */
export class PassState {
  private left: number;
  private done = 0;
  private failed = 0;
  private newer = 0;
  private others = 0;
  private repeated = 0;
  private isUsedUp = false;
  private reason: string | undefined;
  private readonly held = new Map<string, Held>();
  /** What was acted on. What is parked again at once comes back as another message that says the same. */
  private readonly contents = new Set<string>();

  constructor(private readonly pass: Pick<Pass, 'most' | 'startedAt' | 'matches'>) {
    this.left = pass.most;
  }

  /** How many messages it has come upon. */
  get seen(): number {
    return this.done + this.failed + this.newer + this.others;
  }

  /** Why the pass cannot go on, though the queue shows more. */
  get halt(): string | undefined {
    if (this.isUsedUp) return 'more came than there were';
    if (this.held.size > MOST_HELD) return `${MOST_HELD.toLocaleString('en-US')} others are in the way`;
    if (this.repeated > this.held.size + MOST_REPEATED) return 'there are too many others to look at all';
    return undefined;
  }

  /** Those of them that are to be acted on. All are held. */
  take(received: readonly QueuedMessage[]): QueuedMessage[] {
    const fresh = received.filter(({ id }) => !this.held.has(id));
    this.repeated += received.length - fresh.length;
    for (const { id, handle } of received) this.held.set(id, { id, handle });
    return fresh.filter((message) => this.isDue(message));
  }

  private isDue(message: QueuedMessage): boolean {
    if (!this.pass.matches(message)) this.others += 1;
    else if (this.isNewer(message)) this.newer += 1;
    else if (this.left === 0) this.isUsedUp = true;
    else {
      this.left -= 1;
      this.contents.add(contentOf(message));
      return true;
    }
    return false;
  }

  private isNewer(message: QueuedMessage): boolean {
    const olderMs = this.pass.startedAt - message.sentAt;
    return olderMs < 0 || (olderMs < TOO_YOUNG_TO_TELL_MS && this.contents.has(contentOf(message)));
  }

  /** Messages that were acted on and deleted, and why the others were not. */
  count(gone: readonly QueuedMessage[], reasons: readonly string[]): void {
    for (const { id } of gone) this.held.delete(id);
    this.done += gone.length;
    this.failed += reasons.length;
    this.reason ??= reasons[0];
  }

  /** What has to become visible again. */
  heldBack(): Held[] {
    return [...this.held.values()];
  }

  result(isAborted: boolean, broken: string | undefined): PassResult {
    const { done, failed, newer, others, reason } = this;
    const halt = broken ?? this.halt;
    const counts = { done, failed, newer, others, stopped: isAborted || halt !== undefined };
    return {
      ...counts,
      ...(reason === undefined ? {} : { reason }),
      ...(halt === undefined ? {} : { halt }),
    };
  }
}
