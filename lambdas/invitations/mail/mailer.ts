import type { MailCode } from '../../../events/codes';
import type { RenderedMail } from '../../../invitation-mail/render-mail';

export interface OutgoingMail extends RenderedMail {
  readonly to: string;
  /** Id of the invitation and number of the sending: what SES tells of the mail later carries both. */
  readonly invitation: string;
  readonly sending: number;
}

/** Sends one mail. Rejects with {@link MailError} and no other error. */
export type Mailer = (mail: OutgoingMail) => Promise<void>;

/**
 * A mail that was not sent, or nobody knows.
 *
 * - `mail-throttled`, `mail-unavailable`, `mail-unanswered`: another try may go well
 * - `mail-address-refused`: no mail reaches this address
 * - `mail-rejected`: no mail of ours is sent until an operator mends something
 */
export class MailError extends Error {
  override readonly name = 'MailError';

  constructor(
    readonly code: Extract<
      MailCode,
      'mail-throttled' | 'mail-unavailable' | 'mail-unanswered' | 'mail-address-refused' | 'mail-rejected'
    >,
    /** The mail may have gone out all the same. */
    readonly mayBeOut: boolean,
  ) {
    super(code);
  }
}
