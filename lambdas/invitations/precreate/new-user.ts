import { randomInt } from 'node:crypto';
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
    ...{ connection, email: comparedAddress(email), password: randomPassword(email) },
    ...{ email_verified: false, verify_email: false },
    app_metadata: metadataOfInvited(id),
  }) satisfies Profile;

const KINDS = ['abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', '0123456789', '!@#$%^&*'];
/** As much of a password as Auth0 looks at, so that no policy asks for more. */
const PASSWORD_LENGTH = 72;

/**
 * A password that no policy of Auth0 refuses: a refused one would cost somebody their invitation. The kinds take turns,
 * so that no two characters in a row are equal, nor three a sequence. What begins the address is left out, as none may
 * hold what is before the @, however short that is.
 */
function randomPassword(email: string): string {
  const left = comparedAddress(email).charAt(0);
  const kinds = KINDS.map((kind) => [...kind].filter((one) => one.toLowerCase() !== left));
  const characters = Array.from({ length: PASSWORD_LENGTH }, (_, index) => {
    const kind = kinds[index % kinds.length] ?? [];
    return kind[randomInt(kind.length)];
  });
  return characters.join('');
}

/** Seconds for which a ticket is good: as long as the invitation, which is open. */
export const secondsLeft = ({ expiresAt }: Pick<Invitation, 'expiresAt'>, now: number): number =>
  Math.max(1, Math.floor((Date.parse(expiresAt) - now) / 1_000));
