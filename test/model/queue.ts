import type { Outcome } from '../../events/outcome';
import type { AcceptedEvent } from '../../lambdas/connectors/authenticity/accepted-event';
import { SECOND } from './numbers';

export interface Message {
  readonly accepted: AcceptedEvent;
  /** Epoch ms before which the queue does not deliver it. */
  visibleAt: number;
  deliveries: number;
  /** How it ended; exactly one once it is no longer in the queue. */
  readonly ends: Outcome[];
}

const VISIBILITY_TIMEOUT_MS = 120 * SECOND;

/** A queue that delivers in any order, and the place for what is parked. */
export class Queue {
  /** Every message that was ever sent. */
  readonly messages: Message[] = [];
  readonly waiting: Message[] = [];
  readonly parked: Message[] = [];

  constructor(private readonly now: () => number) {}

  send(accepted: AcceptedEvent): void {
    const inQueue = { ...accepted, queuedAt: this.now() };
    const message = { accepted: inQueue, visibleAt: this.now(), deliveries: 0, ends: [] };
    this.messages.push(message);
    this.waiting.push(message);
  }

  duplicate(index: number): void {
    const message = this.messages[index % Math.max(1, this.messages.length)];
    if (message !== undefined) this.send(message.accepted);
  }

  /** Sends a parked message again, as an operator does. */
  redrive(index: number): void {
    const [message] = this.parked.splice(index % Math.max(1, this.parked.length), 1);
    if (message !== undefined) this.send(message.accepted);
  }

  get visible(): Message[] {
    return this.waiting.filter(({ visibleAt }) => visibleAt <= this.now());
  }

  /** What a worker gets of a message. */
  receive(message: Message): AcceptedEvent {
    message.deliveries += 1;
    message.visibleAt = this.now() + VISIBILITY_TIMEOUT_MS;
    return { ...message.accepted, deliveries: message.deliveries };
  }

  /** The message comes back, is done with, or is parked. */
  settle(message: Message, outcome: Outcome): void {
    if (outcome.kind === 'retry') {
      message.visibleAt = this.now() + outcome.afterMs;
      return;
    }
    message.ends.push(outcome);
    const index = this.waiting.indexOf(message);
    if (index >= 0) this.waiting.splice(index, 1);
    if (outcome.kind === 'rejected') this.parked.push(message);
  }
}
