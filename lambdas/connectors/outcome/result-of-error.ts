import type { Creation } from '../../../events/link-state';
import { rejected, retry } from '../../../events/outcome';
import type { UserLink } from '../../user-links/user-link';
import { OutcomeUnknownError, RejectedError, RetryableError } from '../connector';
import type { CommonDeps } from '../provision-deps';
import type { Result } from './result-of';
import { backoffMs, isExhausted } from './retry-policy';

interface Attempted {
  readonly link: UserLink;
  readonly queuedAt: number;
}

/** What it means that an attempt failed: it is made again, or given up. */
export function resultOfError(deps: CommonDeps, { link, queuedAt }: Attempted, error: unknown): Result {
  if (error instanceof RejectedError) {
    const { code, detail } = error;
    return { closing: { state: 'rejected', code }, outcome: rejected(code, detail) };
  }
  // A look-up that fails by a defect of the connector has changed nothing.
  const known = error instanceof RetryableError ? error : new RetryableError('internal-error');
  const { code, retryAfterMs } = known;
  const now = deps.now();
  // The row says it, not the message: another event of the user must not look up too early either.
  const unknown =
    known instanceof OutcomeUnknownError
      ? { ...strongest(known.creation, link.creation), notBefore: now + deps.settleMs }
      : {};
  if (isExhausted(deps.retry, { ...link, queuedAt }, now)) {
    return { closing: { state: 'failed', code, ...unknown }, outcome: rejected('retries-exhausted', code) };
  }
  const backoff = backoffMs(deps.retry, link.attempts, deps.random(), retryAfterMs);
  const afterMs = known instanceof OutcomeUnknownError ? Math.max(backoff, deps.settleMs) : backoff;
  return { closing: { state: 'pending', code, ...unknown }, outcome: retry(code, afterMs) };
}

function strongest(one: Creation | undefined, other: Creation | undefined): { readonly creation?: Creation } {
  const creation = one === 'confirmed' || other === 'confirmed' ? 'confirmed' : (one ?? other);
  return creation === undefined ? {} : { creation };
}
