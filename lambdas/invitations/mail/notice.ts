import * as z from 'zod/mini';
import type { MailCode } from '../../../events/codes';
import { isInvitationId } from '../../../events/invitations/invitation';
import { MAIL_TAGS } from './ses-mailer';

/** What SES tells of a mail that it took, as far as an invitation shows it. */
export interface Notice {
  /** Undefined where SES names none of ours. */
  readonly invitation: string | undefined;
  readonly sending: number | undefined;
  readonly state: 'bounced' | 'complained' | 'failed';
  readonly code: Extract<
    MailCode,
    'mail-bounced' | 'mail-bounced-for-now' | 'mail-suppressed' | 'mail-complained' | 'mail-rejected'
  >;
}

const tag = z.optional(z.array(z.string()).check(z.maxLength(10)));

// Source: "Contents of event data that Amazon SES publishes to Amazon SNS". What we do not need is left out, and an
// address is never read.
const NOTICE = z.object({
  eventType: z.enum(['Bounce', 'Complaint', 'Reject']),
  mail: z.object({ tags: z.object({ [MAIL_TAGS.invitation]: tag, [MAIL_TAGS.sending]: tag }) }),
  bounce: z.optional(z.object({ bounceType: z.string(), bounceSubType: z.optional(z.string()) })),
});

type Told = z.infer<typeof NOTICE>;

/** The notice that a message is; undefined where it is none. */
export function readNotice(value: unknown): Notice | undefined {
  const { success, data } = NOTICE.safeParse(value);
  if (!success) return undefined;
  const [id = '', ...others] = data.mail.tags[MAIL_TAGS.invitation] ?? [];
  const [sending = ''] = data.mail.tags[MAIL_TAGS.sending] ?? [];
  return {
    invitation: others.length === 0 && isInvitationId(id) ? id : undefined,
    sending: /^[1-9]\d{0,5}$/.test(sending) ? Number(sending) : undefined,
    ...becomes(data),
  };
}

function becomes({ eventType, bounce }: Told): Pick<Notice, 'state' | 'code'> {
  if (eventType === 'Complaint') return { state: 'complained', code: 'mail-complained' };
  // A virus scanner of SES found something; the mail was taken and is not delivered.
  if (eventType === 'Reject') return { state: 'failed', code: 'mail-rejected' };
  const isSuppressed = /^(Suppressed|OnAccountSuppressionList)$/.test(bounce?.bounceSubType ?? '');
  if (isSuppressed) return { state: 'bounced', code: 'mail-suppressed' };
  return {
    state: 'bounced',
    code: bounce?.bounceType === 'Permanent' ? 'mail-bounced' : 'mail-bounced-for-now',
  };
}
