import type { ApiAnswer, ApiCall } from '../../provisioning-api/api-call';
import { ApiProblem } from '../../provisioning-api/problem';
import { changeInvitation } from '../change-invitation';
import { isWithdrawable, revoked, withdrawn } from '../ending';
import { DAY_MS, type InvitationDeps } from './invitation-deps';
import { idInPath } from './invitation-of';
import { invitationViewOf } from './invitation-view';

/** `POST /invitations/{invitation}/revocation`. Who revokes again finds it revoked, and what was left to undo undone. */
export async function revokeInvitation(deps: InvitationDeps, call: ApiCall): Promise<ApiAnswer> {
  const keepMs = deps.terms.keepAddressDays * DAY_MS;
  const { row } = await changeInvitation(deps.invitations, idInPath(call), (found) =>
    revoked(found, deps.now(), keepMs),
  );
  if (row === undefined) throw new ApiProblem(404, 'invitation-unknown');
  if (row.state !== 'revoked') throw new ApiProblem(409, 'invitation-closed');
  // The row first: nobody is to accept what is being taken back. What fails here the sweeper does.
  if (isWithdrawable(row)) {
    const lookedAt = deps.now();
    await deps.undo(row);
    await changeInvitation(deps.invitations, row.id, (found) => withdrawn(found, lookedAt, keepMs));
  }
  return { status: 200, body: { invitation: invitationViewOf(row, deps.now()) } };
}
