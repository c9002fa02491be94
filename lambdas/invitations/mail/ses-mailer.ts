import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { headerAddress } from './header-address';
import { MailError, type Mailer, type OutgoingMail } from './mailer';

export interface SesMailerDeps {
  readonly ses: Pick<SESv2Client, 'send'>;
  /** `Acme <hello@acme.com>` or an address. */
  readonly from: string;
  readonly replyTo?: string | undefined;
  readonly configurationSet: string;
}

/** Names of the tags by which SES says later of which mail it speaks. */
export const MAIL_TAGS = { invitation: 'invitation', sending: 'sending' } as const;

/** Sends with Amazon SES, version 2. */
export function createSesMailer({ ses, from, replyTo, configurationSet }: SesMailerDeps): Mailer {
  const sender = {
    FromEmailAddress: headerAddress(from),
    ...(replyTo !== undefined && { ReplyToAddresses: [headerAddress(replyTo)] }),
    ConfigurationSetName: configurationSet,
  };
  return async (mail) => {
    try {
      await ses.send(new SendEmailCommand({ ...sender, ...contentOf(mail) }));
    } catch (error) {
      throw mailErrorOf(error);
    }
  };
}

function contentOf({ to, subject, text, html, invitation, sending }: OutgoingMail) {
  const part = (Data: string) => ({ Data, Charset: 'UTF-8' });
  return {
    Destination: { ToAddresses: [to] },
    EmailTags: [
      { Name: MAIL_TAGS.invitation, Value: invitation },
      { Name: MAIL_TAGS.sending, Value: `${sending}` },
    ],
    Content: { Simple: { Subject: part(subject), Body: { Text: part(text), Html: part(html) } } },
  };
}

const THROTTLED = ['TooManyRequestsException', 'LimitExceededException', 'ThrottlingException'];

function mailErrorOf(error: unknown): MailError {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  if (status === undefined) return new MailError('mail-unanswered', true);
  if (THROTTLED.includes(name ?? '') || status === 429) return new MailError('mail-throttled', false);
  if (status >= 500) return new MailError('mail-unavailable', true);
  if (name === 'SendingPausedException') return new MailError('mail-unavailable', false);
  return new MailError(name === 'BadRequestException' ? 'mail-address-refused' : 'mail-rejected', false);
}
