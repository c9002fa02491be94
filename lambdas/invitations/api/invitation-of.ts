import { type Invitation, isInvitationId } from '../../../events/invitations/invitation';
import type { ApiCall } from '../../provisioning-api/api-call';
import { ApiProblem } from '../../provisioning-api/problem';
import type { InvitationDeps } from './invitation-deps';

/** The id that the path of a call names. What can be none is no invitation. */
export function idInPath({ path: { invitation = '' } }: ApiCall): string {
  if (isInvitationId(invitation)) return invitation;
  throw new ApiProblem(404, 'invitation-unknown');
}

/** The invitation that the path of a call names. */
export async function invitationOf({ invitations }: InvitationDeps, call: ApiCall): Promise<Invitation> {
  const row = await invitations.get(idInPath(call));
  if (row !== undefined) return row;
  throw new ApiProblem(404, 'invitation-unknown');
}
