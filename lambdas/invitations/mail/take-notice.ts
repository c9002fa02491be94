import type { Invitation } from '../../../events/invitations/invitation';
import { changeInvitation } from '../change-invitation';
import { mailOf } from '../transitions';
import { done, type MailOutcome } from './mail-outcome';
import type { Notice } from './notice';
import type { SendDeps } from './send-invitation';

/** Shows on the invitation what SES tells of its mail. Of a mail that is none of ours nothing is shown anywhere. */
export async function takeNotice(
  { invitations, now }: Pick<SendDeps, 'invitations' | 'now'>,
  notice: Notice,
): Promise<MailOutcome> {
  const { invitation: id } = notice;
  if (id === undefined) return done('mail-notice-stray');
  const { ok } = await changeInvitation(invitations, id, (row) =>
    saysMore(row, notice) ? { ...row, mail: mailOf(notice.state, now(), notice.code) } : undefined,
  );
  return done(ok ? 'mail-noted' : 'mail-notice-stray');
}

// A complaint is about us and outlasts each resend; anything else is about one mail. A complaint follows a delivery, so
// that nothing that is told after it makes it undone.
function saysMore({ mail, sending }: Invitation, notice: Notice): boolean {
  if (mail?.state === 'complained') return false;
  return notice.state === 'complained' || notice.sending === sending;
}
