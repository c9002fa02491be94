import type { Creation } from '../../../events/link-state';
import { OutcomeUnknownError, RejectedError, RetryableError } from '../connector';

// With these answers the system certainly did nothing. After any other failure it may have.
const DEFINITE_FAILURES: ReadonlySet<string> = new Set([
  'remote-throttled',
  'remote-unauthorized',
  'remote-misconfigured',
  'secret-unavailable',
  'token-unavailable',
  'target-refused',
  'store-unavailable',
  'rate-limited',
]);

/** The result of a call that changes something. Fails with an {@link OutcomeUnknownError} when it may have done so. */
export async function unlessUnknown<T>(call: Promise<T>, creation?: Creation): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof RejectedError) throw error;
    // Anything but the port's own errors is a defect in the connector, which may have come after the call.
    if (!(error instanceof RetryableError))
      throw new OutcomeUnknownError('internal-error', undefined, creation);
    const isDefinite = DEFINITE_FAILURES.has(error.code) && !(error instanceof OutcomeUnknownError);
    if (isDefinite) throw error;
    throw new OutcomeUnknownError(error.code, error.retryAfterMs, creation);
  }
}
