import type { MailCode, RejectCode, RetryCode } from '../../../events/codes';

type RetriedCode = MailCode | Extract<RetryCode, 'internal-error'>;
type ParkedCode = MailCode | Extract<RejectCode, 'retries-exhausted'>;

/**
 * How a message of the queue of mails ends.
 *
 * - `done`: it is deleted
 * - `retry`: it comes back as backoff says, and not before `afterMs`, where somebody asked for that
 * - `parked`: it waits in the DLQ for an operator
 */
export type MailOutcome =
  | { readonly kind: 'done'; readonly code: MailCode }
  | { readonly kind: 'retry'; readonly code: RetriedCode; readonly afterMs?: number | undefined }
  | { readonly kind: 'parked'; readonly code: ParkedCode };

export const done = (code: MailCode): MailOutcome => ({ kind: 'done', code });
export const again = (code: RetriedCode, afterMs?: number): MailOutcome => ({ kind: 'retry', code, afterMs });
export const parked = (code: ParkedCode): MailOutcome => ({ kind: 'parked', code });

/** What an outcome is about, for logs. */
export interface Handled {
  readonly outcome: MailOutcome;
  /** Id of the invitation, where the message names one. */
  readonly invitation?: string;
}
