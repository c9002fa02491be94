import type { ApiAnswer, ApiCall } from '../../provisioning-api/api-call';
import type { InvitationDeps } from './invitation-deps';
import { invitationOf } from './invitation-of';
import { invitationViewOf } from './invitation-view';

/** `GET /invitations/{invitation}` */
export async function showInvitation(deps: InvitationDeps, call: ApiCall): Promise<ApiAnswer> {
  const row = await invitationOf(deps, call);
  return { status: 200, body: { invitation: invitationViewOf(row, deps.now()) } };
}
