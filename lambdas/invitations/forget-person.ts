import type { Invitation } from '../../events/invitations/invitation';
import { changeInvitation } from './change-invitation';
import { ended, erased, isWithdrawable } from './ending';
import type { Invitations } from './invitation-repository';
import { invitationsOfPerson, type Person } from './invitations-of-person';

export interface ForgetDeps {
  readonly invitations: Pick<Invitations, 'get' | 'replace' | 'ofUser' | 'ofEmail'>;
  /** Takes back what was made ahead for an invitation. */
  readonly undo: (invitation: Invitation) => Promise<unknown>;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * Takes a person out of the invitations that they redeemed or that were to their address: what stays says that there was
 * one, and of whom no more. An open one is revoked. Whoever begins again goes on where this ended.
 *
 * @param until ISO 8601: of a life of theirs that began later nothing is forgotten
 * @returns how many it was
 */
export async function forgetPerson(
  { invitations, undo, now }: ForgetDeps,
  person: Person,
  until: string,
): Promise<number> {
  const rows = await invitationsOfPerson(invitations, person);
  const concerned = rows.filter(({ generation = '' }) => !(Date.parse(generation) > Date.parse(until)));
  for (const row of concerned) {
    // Who was made ahead for it and never came is taken back, which only the address leads to.
    const { row: closed } = await changeInvitation(invitations, row.id, (found) => ended(found, now()));
    if (closed !== undefined && isWithdrawable(closed)) await undo(closed);
    await changeInvitation(invitations, row.id, (found) => erased(found, now()));
  }
  return concerned.length;
}
