import type { Invitation } from '../../../events/invitations/invitation';
import { invitationOfInvited } from '../../../events/invitations/precreated';
import type { ManagementApi } from '../../auth0/management-api';
import { usersAt } from './users-at';
import { type Withdrawn, withdraw } from './withdraw';

export type UndoDeps = Pick<ManagementApi, 'user' | 'usersByEmail' | 'deleteUser'>;

/**
 * Takes back what was done ahead for an invitation that is over, after its row says so: the user who was made for it and
 * never logged in. Their accounts go as those of anybody who is deleted: Auth0's event stream tells of it. Again it does
 * what is still missing. Rejects, with `Auth0NotReadyError` where it is Auth0, when it is to be tried again.
 */
export async function undo(api: UndoDeps, row: Invitation): Promise<Withdrawn | 'nobody'> {
  if (row.mode !== 'precreate' || row.state === 'redeemed') return 'nobody';
  const userId = row.precreated ?? (await unnoted(api, row));
  return userId === undefined ? 'nobody' : withdraw(api, row.id, userId);
}

/** A user who was made, and of whom nobody could note that they were. */
async function unnoted(api: UndoDeps, { id, email }: Invitation): Promise<string | undefined> {
  if (email === undefined) return undefined;
  const users = await usersAt(api, email);
  return users.find((profile) => invitationOfInvited(profile) === id)?.user_id;
}
