import { randomBytes } from 'node:crypto';
import type { Invitation } from '../../../events/invitations/invitation';
import { metadataOfInvited } from '../../../events/invitations/precreated';
import type { Profile } from '../../auth0/management-api';
import { comparedAddress } from '../email-ref';

/**
 * The user whom Auth0 is asked to make: nobody knows the password, nothing is verified, no mail of Auth0's goes out, and
 * the profile says whose invitation it is. It is by that mark that the user is found when the answer gets lost.
 */
export const newUserOf = (
  { id, email }: { readonly id: string; readonly email: string },
  connection: string,
) =>
  ({
    ...{ connection, email: comparedAddress(email), password: randomPassword() },
    ...{ email_verified: false, verify_email: false },
    app_metadata: metadataOfInvited(id),
  }) satisfies Profile;

// One character of each kind first, as policies ask for; the rest cannot be guessed.
const randomPassword = () => `Aa1!${randomBytes(32).toString('base64url')}`;

/** Seconds for which a ticket is good: as long as the invitation, which is open. */
export const secondsLeft = ({ expiresAt }: Pick<Invitation, 'expiresAt'>, now: number): number =>
  Math.max(1, Math.floor((Date.parse(expiresAt) - now) / 1_000));
