import type { SentMail } from '../mail/outbox';
import type { ConfirmationMail } from './email-confirmations';
import { renderPage } from './tenant/html';

/** The mail of the tenant that asks whether an address is somebody's own. @param domain of the tenant */
export function confirmationMail(
  domain: string,
  { to, link }: ConfirmationMail,
): Omit<SentMail, 'id' | 'time'> {
  const subject = 'Please confirm your e-mail address';
  const words = 'You signed up with this address. Follow the link to say that it is yours:';
  return {
    ...{ from: `no-reply@${domain}`, to: [to], replyTo: [], tags: {}, subject },
    text: `${words}\n\n${link}\n`,
    html: renderPage({
      title: subject,
      body: `<p>${words}</p><p><a href="${link}">Confirm the address</a></p>`,
    }),
  };
}
