import type { Secrets } from '../runtime/secrets';

/**
 * The token to call with; another one than `refused`, if there is another by now. Throws an error of the port, or any
 * when a secret cannot be read.
 */
export type BearerToken = (refused?: string) => Promise<string>;

/** The token that an operator put into a secret. */
export function createSecretToken(secrets: Secrets, arn: string): BearerToken {
  return async (refused) => (await (refused === undefined ? secrets.read : secrets.reread)(arn)).text;
}
