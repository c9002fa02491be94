import type { Invitation } from '../../../events/invitations/invitation';
import { changeInvitation } from '../change-invitation';
import { mailOf, withMail } from '../transitions';
import type { InvitationDeps } from './invitation-deps';

type Deps = Pick<InvitationDeps, 'invitations' | 'send' | 'now'>;

/**
 * Puts the mail of the current sending into its queue, and says so in the row. A row without it was never sent, and
 * whoever asks for the same again has it sent.
 */
export async function queueMail({ invitations, send, now }: Deps, row: Invitation): Promise<Invitation> {
  const { id, sending } = row;
  await send({ kind: 'send', id, sending });
  // The mail may be out before this is written.
  const queued = await changeInvitation(invitations, id, (found) =>
    found.mail === undefined ? withMail(found, mailOf('queued', now()), sending) : undefined,
  );
  return queued.row ?? row;
}
