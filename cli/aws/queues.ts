/** A message as it lies in a queue. */
export interface QueuedMessage {
  readonly id: string;
  /** Names this receive of the message. */
  readonly handle: string;
  readonly body: string;
  /** Texts of its attributes by name. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Epoch ms at which it was first put into a queue. */
  readonly sentAt: number;
  /** How often it was received, this time included. */
  readonly receives: number;
}

export interface QueueDepth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** Address of the queue that its redrive policy names. */
  readonly deadLetterUrl?: string;
}

export interface MessageToSend {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Queues by their address. The batch calls give, in order, what became of each: undefined, or why it failed. */
export interface Queues {
  depth(url: string): Promise<QueueDepth>;
  /** Up to `most` messages, ten at most, hidden from others for that long; none when the queue shows none. */
  receive(url: string, hideSeconds: number, most?: number): Promise<QueuedMessage[]>;
  /** Up to ten at once, and at most as large as SQS takes. */
  send(url: string, messages: readonly MessageToSend[]): Promise<(string | undefined)[]>;
  /** Up to ten at once. */
  remove(url: string, messages: readonly QueuedMessage[]): Promise<(string | undefined)[]>;
  /** Makes messages visible again, up to ten at once. */
  release(url: string, messages: readonly Pick<QueuedMessage, 'handle'>[]): Promise<(string | undefined)[]>;
}
