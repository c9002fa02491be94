import { readValue } from '../../events/read-value';

/**
 * Protocols in which a program gets tokens, and nobody comes.
 * @see https://auth0.com/docs/actions/reference/post-login/post-login-event-object
 */
const PROGRAMS: ReadonlySet<unknown> = new Set([
  'oauth2-password',
  'oauth2-refresh-token',
  'oauth2-resource-owner',
  'oauth2-resource-owner-jwt-bearer',
  'oauth2-token-exchange',
]);
const GRANTS_OF_PROGRAMS: ReadonlySet<unknown> = new Set(['password', 'refresh_token']);

/**
 * True when a person logs in. Auth0 runs the trigger for each refresh and each silent look at the session as well:
 * many times an hour for each who is there already.
 */
export function isInteractive(event: unknown): boolean {
  if (PROGRAMS.has(readValue(event, 'transaction.protocol'))) return false;
  if (GRANTS_OF_PROGRAMS.has(readValue(event, 'request.body.grant_type'))) return false;
  // Where the application pushed its request ahead, the query does not hold it.
  return !['request.query.prompt', 'transaction.prompt'].some((path) => isSilent(readValue(event, path)));
}

// A text of several words in the query, a list of them in the transaction.
function isSilent(prompt: unknown): boolean {
  try {
    const words = typeof prompt === 'string' ? prompt.split(' ') : prompt;
    return Array.isArray(words) && words.includes('none');
  } catch {
    return false;
  }
}
