import type { RejectCode, RetryCode, SkipCode } from './codes';

/**
 * How a message ends. Every message ends in exactly one of these:
 * `provisioned`: the account exists and the link says so; `skipped`: nothing to do; `retry`: the message comes
 * back after `afterMs`; `rejected`: parked where an operator sees it.
 */
export type Outcome =
  | { readonly kind: 'provisioned' }
  | { readonly kind: 'skipped'; readonly code: SkipCode }
  | { readonly kind: 'retry'; readonly code: RetryCode; readonly afterMs: number }
  | { readonly kind: 'rejected'; readonly code: RejectCode; readonly detail?: string };

export const provisioned: Outcome = { kind: 'provisioned' };

export const skipped = (code: SkipCode): Outcome => ({ kind: 'skipped', code });

/** @param afterMs milliseconds until the message is delivered again */
export const retry = (code: RetryCode, afterMs: number): Outcome => ({ kind: 'retry', code, afterMs });

/** @param detail what exactly was wrong, such as a path in the event; never a value of the event */
export const rejected = (code: RejectCode, detail?: string): Outcome => ({
  kind: 'rejected',
  code,
  ...(detail === undefined ? {} : { detail }),
});
