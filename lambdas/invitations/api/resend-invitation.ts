import type { Invitation } from '../../../events/invitations/invitation';
import type { ApiAnswer, ApiCall } from '../../provisioning-api/api-call';
import { ApiProblem } from '../../provisioning-api/problem';
import { changeInvitation } from '../change-invitation';
import { resent } from '../transitions';
import type { InvitationDeps } from './invitation-deps';
import { idInPath } from './invitation-of';
import { invitationViewOf } from './invitation-view';
import { queueMail } from './queue-mail';

/** Who reports our mails as unwanted gets no more of them. */
const hasComplained = ({ mail }: Invitation): boolean => mail?.state === 'complained';

/** `POST /invitations/{invitation}/resend`. The link of every earlier mail is dead from then on. */
export async function resendInvitation(deps: InvitationDeps, call: ApiCall): Promise<ApiAnswer> {
  const { ok, row } = await changeInvitation(deps.invitations, idInPath(call), (found) =>
    hasComplained(found) ? undefined : resent(found, deps.now()),
  );
  if (row === undefined) throw new ApiProblem(404, 'invitation-unknown');
  if (!ok && hasComplained(row)) throw new ApiProblem(409, 'mail-complained');
  if (!ok) throw new ApiProblem(409, 'invitation-closed');
  const queued = await queueMail(deps, row);
  return { status: 202, body: { invitation: invitationViewOf(queued, deps.now()) } };
}
