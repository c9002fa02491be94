import type { Answered, Failed } from '../../auth0/management-answer';

/** Auth0 did not say, or not yet: the same is asked again later, and finds what took effect. */
export class Auth0NotReadyError extends Error {
  override readonly name = 'Auth0NotReadyError';

  constructor(
    readonly why: string,
    /** Absent where Auth0 does not say how long. */
    readonly afterMs?: number,
  ) {
    super(`Auth0: ${why}`);
  }
}

/** The value of an answer. Throws {@link Auth0NotReadyError} for any other. */
export function expected<T>(answered: Answered<T>): T {
  if (answered.outcome === 'ok') return answered.value;
  throw notReady(answered);
}

export const notReady = (failed: Failed): Auth0NotReadyError =>
  new Auth0NotReadyError(
    'why' in failed ? failed.why : failed.outcome,
    failed.outcome === 'limited' ? failed.retryAfterMs : undefined,
  );
