import { addressOf } from '../../../events/invitations/address-of';
import type { ManagementApi } from '../../auth0/management-api';
import type { InvitationDeps } from './invitation-deps';

/** Asks Auth0 for the address of a profile. */
export function createEmailOf({ user }: Pick<ManagementApi, 'user'>): InvitationDeps['emailOf'] {
  return async (userId) => {
    const found = await user(userId);
    if (found.outcome === 'ok') return addressOf(found.value);
    // What is refused is no id of a user, so that nobody has it.
    if (found.outcome === 'missing' || found.outcome === 'refused') return undefined;
    throw new Error('Auth0 does not say which address a user has.');
  };
}
