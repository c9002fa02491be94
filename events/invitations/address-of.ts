import { LIMITS } from '../event-limits';
import { readText, readValue } from '../read-value';
import { invitationOfInvited } from './precreated';

/**
 * The address by which a profile of Auth0 has the invitations that were sent to it; undefined where nobody vouches for
 * it. Anybody can sign up with the address of another person, and is not to see or end what that one was sent.
 */
export function addressOf(profile: unknown): string | undefined {
  // Whom we made for an invitation has the address that it was sent to, and confirms it with the first login.
  const isTheirs =
    readValue(profile, 'email_verified') === true || invitationOfInvited(profile) !== undefined;
  return isTheirs ? readText(profile, 'email', LIMITS.email) : undefined;
}
