import type { RetryCode } from '../../../events/codes';
import { OutcomeUnknownError, RejectedError, RetryableError } from '../connector';

/** What an attempt says of the system: that it works, that it fails and why, or nothing. */
export interface Sample {
  readonly says: 'well' | 'unclear' | RetryCode;
  /** Milliseconds for which the system asked to be left alone, by this user or by all. */
  readonly pauseMs?: number;
}

export const WELL: Sample = { says: 'well' };
export const UNCLEAR: Sample = { says: 'unclear' };

/**
 * Codes that point at the system as a whole, so that calling it for somebody else is in vain: it is down, or takes
 * nobody's call because of our token or its address. The others come from us. That it asks for time is no failure;
 * that it refuses without saying for how long is one, see below.
 */
const FAILS_FOR_ALL: Readonly<Record<RetryCode, boolean>> = {
  'remote-unavailable': true,
  'remote-timeout': true,
  'remote-unauthorized': true,
  'remote-misconfigured': true,
  'target-refused': true,
  'token-unavailable': true,
  'remote-invalid-answer': true,
  'remote-throttled': true,
  'breaker-open': false,
  'rate-limited': false,
  // Of this system nothing is known: nobody called it.
  'waiting-for-system': false,
  'still-there': false,
  erasing: false,
  'in-progress': false,
  settling: false,
  'lease-lost': false,
  'key-unknown': false,
  'secret-unavailable': false,
  'store-unavailable': false,
  'internal-error': false,
};

/** @param error what an attempt threw; undefined when it came to its end */
export function sampleOf(error: unknown): Sample {
  if (error === undefined) return WELL;
  // The system works: it refused this one account. Of a value that we refuse ourselves it never heard.
  if (error instanceof RejectedError) return error.code === 'invalid-value' ? UNCLEAR : WELL;
  if (!(error instanceof RetryableError)) return UNCLEAR;
  const { code, retryAfterMs = 0 } = error;
  // It made the account and does not show it yet.
  if (error instanceof OutcomeUnknownError && error.creation === 'confirmed') return WELL;
  // With any other answer it is this one account that is to be left alone.
  if (code === 'remote-throttled' && retryAfterMs > 0) return { says: 'unclear', pauseMs: retryAfterMs };
  return { says: FAILS_FOR_ALL[code] ? code : 'unclear' };
}
