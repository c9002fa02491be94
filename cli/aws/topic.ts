import type { MessageToSend } from './queues';

/** Who is told of a topic. */
export interface Subscription {
  readonly protocol: string;
  /** False while the mail that asks has not been answered. */
  readonly isConfirmed: boolean;
}

export interface Topic {
  subscriptionsOf(arn: string): Promise<Subscription[]>;
  /** Up to ten at once; gives, in order, undefined or why it failed. */
  publish(arn: string, messages: readonly MessageToSend[]): Promise<(string | undefined)[]>;
}
