import { createHmac } from 'node:crypto';

/** An address as it is compared: Auth0 keeps addresses in lower case. */
export const comparedAddress = (email: string): string => email.trim().toLowerCase();

/**
 * The name under which the table of invitations knows an address. Without the pepper it leads back to none.
 *
 * @param pepper the secret that makes userRefs
 */
export const emailRefOf = (pepper: string, email: string): string =>
  createHmac('sha256', pepper)
    .update(`email ${comparedAddress(email)}`)
    .digest('base64url');
