import type { RetryCode } from '../../events/codes';
import type { EventUser } from '../../events/event-schema';
import type { Creation } from '../../events/link-state';

/** What a system is asked for: an account for this user. */
export interface AccountRequest {
  /** Ours: tenant, environment and user. The system stores it, and only its equality proves an account ours. */
  readonly externalId: string;
  readonly user: EventUser;
}

/** What a look-up found. A look-up that failed throws; it is never `none`. */
export type Found =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly accountId: string }
  | { readonly kind: 'many' };

/**
 * What a create achieved. `exists`: the system says that the account, or its user name, is there already.
 * `created-unnamed`: the system says that it made the account and not under which id.
 */
export type Created =
  | { readonly kind: 'created'; readonly accountId: string }
  | { readonly kind: 'created-unnamed' }
  | { readonly kind: 'exists' };

/**
 * The port to a system. An implementation translates two verbs into the system's words and its answers back;
 * it decides nothing about links, retries or messages.
 */
export interface Connector {
  /** Looks for accounts whose externalId equals ours exactly. */
  find(request: AccountRequest): Promise<Found>;
  /** Makes the account. May have succeeded although it throws; the caller looks again before it creates again. */
  create(request: AccountRequest): Promise<Created>;
}

/** The message is retried with backoff, within its budget. */
export class RetryableError extends Error {
  override readonly name: string = 'RetryableError';

  /** @param retryAfterMs what the system asked for, in milliseconds */
  constructor(
    readonly code: RetryCode,
    readonly retryAfterMs?: number,
  ) {
    super(code);
  }
}

/** The message is retried, but not before a create that may still be under way must have ended. */
export class OutcomeUnknownError extends RetryableError {
  override readonly name = 'OutcomeUnknownError';

  /** @param creation `confirmed` when the system said that it made the account */
  constructor(
    code: RetryCode,
    retryAfterMs?: number,
    readonly creation: Creation = 'unknown',
  ) {
    super(code, retryAfterMs);
  }
}

/** The message is parked: the system will never take this account as it is. */
export class RejectedError extends Error {
  override readonly name = 'RejectedError';

  /** @param detail what the system objected to, free of personal data */
  constructor(
    readonly code: 'remote-rejected' | 'filter-ignored',
    readonly detail?: string,
  ) {
    super(code);
  }
}
