import type { RetryCode } from '../../../events/codes';
import { type Outcome, retry } from '../../../events/outcome';
import type { CommonDeps } from '../provision-deps';
import { backoffMs } from './retry-policy';

/** The outcome of a message that could not be tried. */
export function retryLater(
  deps: Pick<CommonDeps, 'retry' | 'random'>,
  code: RetryCode,
  attempt: number,
): Outcome {
  return retry(code, backoffMs(deps.retry, attempt, deps.random()));
}
