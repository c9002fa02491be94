import type { MessageToSend } from './queues';

export interface Topic {
  /** Up to ten at once; gives, in order, undefined or why it failed. */
  publish(arn: string, messages: readonly MessageToSend[]): Promise<(string | undefined)[]>;
}
