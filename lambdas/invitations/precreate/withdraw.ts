import { hasLoggedIn, invitationOfInvited, metadataOfCome } from '../../../events/invitations/precreated';
import type { ManagementApi, Profile } from '../../auth0/management-api';
import { expected, notReady } from './expected';

/**
 * What became of a user who was made for an invitation that nobody may accept any more. `gone`: somebody deleted them
 * before. `kept`: they logged in, or are somebody else, and never ours to take.
 */
export type Withdrawn = 'deleted' | 'gone' | 'kept';

export type WithdrawDeps = Pick<ManagementApi, 'user' | 'changeUser' | 'deleteUser'>;

/**
 * Deletes a user whom we made for this very invitation, and who never logged in. Nobody else. Who did is invited no more,
 * also where their login could not say so.
 */
export async function withdraw(api: WithdrawDeps, invitationId: string, userId: string): Promise<Withdrawn> {
  const found = await api.user(userId);
  if (found.outcome === 'missing') return 'gone';
  if (found.outcome !== 'ok') throw notReady(found);
  const { value: profile } = found;
  if (invitationOfInvited(profile) !== invitationId) return 'kept';
  if (hasLoggedIn(profile)) return unmark(api, userId, profile);
  expected(await api.deleteUser(userId));
  return 'deleted';
}

async function unmark({ changeUser }: WithdrawDeps, userId: string, profile: Profile): Promise<Withdrawn> {
  const changed = await changeUser(userId, { app_metadata: metadataOfCome(profile) });
  if (changed.outcome !== 'missing') expected(changed);
  return changed.outcome === 'missing' ? 'gone' : 'kept';
}
