import { hasLoggedIn, invitationOfInvited, metadataOfCome } from '../../../events/invitations/precreated';
import { readTimestamp } from '../../../events/read-value';
import type { ManagementApi, Profile } from '../../auth0/management-api';
import { expected, notReady } from './expected';
import type { TellLeaving } from './leaving';

/**
 * What became of a user who was made for an invitation that nobody may accept any more. `gone`: somebody deleted them
 * before. `kept`: they logged in, or are somebody else, and never ours to take.
 */
export type Withdrawn = 'deleted' | 'gone' | 'kept';

export interface WithdrawDeps {
  readonly api: Pick<ManagementApi, 'user' | 'changeUser' | 'deleteUser'>;
  readonly tellLeaving: TellLeaving;
}

/**
 * Deletes a user whom we made for this very invitation, and who never logged in, and tells the systems. Nobody else. Who
 * did is invited no more, also where their login could not say so.
 */
export async function withdraw(
  { api, tellLeaving }: WithdrawDeps,
  invitationId: string,
  user_id: string,
): Promise<Withdrawn> {
  const found = await api.user(user_id);
  if (found.outcome === 'missing') {
    // Perhaps by us a moment ago, and nobody could be told.
    await tellLeaving({ user_id });
    return 'gone';
  }
  if (found.outcome !== 'ok') throw notReady(found);
  const { value: profile } = found;
  if (invitationOfInvited(profile) !== invitationId) return 'kept';
  if (hasLoggedIn(profile)) return unmark(api, user_id, profile);
  // Not before: whose accounts are going gets none any more, and they may still log in.
  expected(await api.deleteUser(user_id));
  const created_at = readTimestamp(profile, 'created_at');
  await tellLeaving(created_at === undefined ? { user_id } : { user_id, created_at });
  return 'deleted';
}

async function unmark(
  { changeUser }: WithdrawDeps['api'],
  userId: string,
  profile: Profile,
): Promise<Withdrawn> {
  const changed = await changeUser(userId, { app_metadata: metadataOfCome(profile) });
  if (changed.outcome !== 'missing') expected(changed);
  return changed.outcome === 'missing' ? 'gone' : 'kept';
}
