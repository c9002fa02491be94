import { createHmac } from 'node:crypto';
import { foldedAscii } from '../connectors/like';

/**
 * An address as it is compared: Auth0 keeps addresses in lower case. Letters of ASCII alone, which is what an invitation
 * can be sent to: a sign that only looks like one, such as that of Kelvin, has the letter k for its lower case, and its
 * mailbox is somebody else's.
 */
export const comparedAddress = foldedAscii;

/**
 * The name under which the table of invitations knows an address. Without the pepper it leads back to none.
 *
 * @param pepper the secret that makes userRefs
 */
export const emailRefOf = (pepper: string, email: string): string =>
  createHmac('sha256', pepper)
    .update(`email ${comparedAddress(email)}`)
    .digest('base64url');
