/** What the queue of mails carries: which invitation, and which sending of it. Neither a token nor an address. */
export interface SendMessage {
  readonly kind: 'send';
  readonly id: string;
  readonly sending: number;
}

/** What SES tells of a mail reaches the same queue, and says no `kind`. */
export const isSendMessage = (value: unknown): value is SendMessage => {
  const { kind, id, sending } = (value ?? {}) as Partial<Record<keyof SendMessage, unknown>>;
  return kind === 'send' && typeof id === 'string' && Number.isSafeInteger(sending);
};
