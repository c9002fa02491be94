import type { Invitation } from '../../../events/invitations/invitation';
import { invitationOfInvited } from '../../../events/invitations/precreated';
import type { ManagementApi } from '../../auth0/management-api';
import { isWithdrawable } from '../ending';
import { usersAt } from './users-at';
import { type WithdrawDeps, type Withdrawn, withdraw } from './withdraw';

export interface UndoDeps extends WithdrawDeps {
  readonly api: WithdrawDeps['api'] & Pick<ManagementApi, 'usersByEmail'>;
}

/**
 * Takes back what was done ahead for an invitation that is over, after its row says so: whoever was made for it and never
 * logged in. Their accounts go as those of anybody who is deleted. Again it does what is still missing. Rejects, with
 * `Auth0NotReadyError` where it is Auth0, when it is to be tried again.
 */
export async function undo(deps: UndoDeps, row: Invitation): Promise<readonly Withdrawn[]> {
  const ends: Withdrawn[] = [];
  for (const userId of await madeFor(deps, row)) ends.push(await withdraw(deps, row.id, userId));
  return ends;
}

// Of whom Auth0 made without an answer the row says nothing, and they may be another one than it names.
async function madeFor({ api }: UndoDeps, row: Invitation): Promise<readonly string[]> {
  if (!isWithdrawable(row)) return [];
  const { id, email, precreated, redeemedByUserId } = row;
  const there = email === undefined ? [] : await usersAt(api, email);
  const marked = there.filter((profile) => invitationOfInvited(profile) === id);
  const ids = new Set(marked.map((profile) => profile.user_id));
  if (precreated !== undefined) ids.add(precreated);
  return [...ids].filter((userId) => userId !== redeemedByUserId);
}
