import { hasLoggedIn, invitationOfInvited } from '../../../events/invitations/precreated';
import type { ManagementApi } from '../../auth0/management-api';
import { expected, notReady } from './expected';

/**
 * What became of a user who was made for an invitation that nobody may accept any more. `gone`: somebody deleted them
 * before. `kept`: they logged in, or are somebody else, and never ours to take.
 */
export type Withdrawn = 'deleted' | 'gone' | 'kept';

export type WithdrawDeps = Pick<ManagementApi, 'user' | 'deleteUser'>;

/** Deletes a user whom we made for this very invitation, and who never logged in. Nobody else. */
export async function withdraw(api: WithdrawDeps, invitationId: string, userId: string): Promise<Withdrawn> {
  const found = await api.user(userId);
  if (found.outcome === 'missing') return 'gone';
  if (found.outcome !== 'ok') throw notReady(found);
  if (invitationOfInvited(found.value) !== invitationId || hasLoggedIn(found.value)) return 'kept';
  expected(await api.deleteUser(userId));
  return 'deleted';
}
