import type { RejectCode, RetryCode } from '../../events/codes';
import type { EventInvitation } from '../../events/event-schema';
import type { Creation } from '../../events/link-state';
import type { TargetAttribute } from './intent/mapping';

/** What a system is asked for: an account for this user. */
export interface AccountRequest {
  /** Ours: tenant, environment and user. The system stores it, and only its equality proves an account ours. */
  readonly externalId: string;
  /** Auth0's `user_id`. */
  readonly userId: string;
  /**
   * The user in the system's words, by the configured mapping. What a connector writes of them it takes from
   * `valuesOf` and `changesOf`, which know who has the say over each.
   */
  readonly attributes: readonly TargetAttribute[];
  /** What the user accepted, where the event tells of that. */
  readonly accepted?: AcceptedInvitation;
}

/** An invitation of somebody, in a system that gives people what it brings. */
export interface AcceptedInvitation extends EventInvitation {
  /** Epoch ms at which it was accepted. */
  readonly at: number;
}

/** An account as the system shows it. */
export interface Account {
  readonly accountId: string;
  /** Whose externalId. With `another` it is somebody else's, and nothing may touch it. */
  readonly carries: 'ours' | 'none' | 'another';
  /** What the connector that found it wants to know of it again, and nobody else. */
  readonly snapshot: unknown;
}

/** What an account of a person may be known by who has none with our externalId. */
export interface Trait {
  /** The system's name for it, from the configuration. */
  readonly attribute: string;
  readonly value: string;
}

/** What a look-up found. A look-up that failed throws; it is never `none`. */
export type Found =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly account: Account }
  | { readonly kind: 'many' };

/**
 * What a create achieved. `exists`: the system says that the account, or its user name, is there already.
 * `created-unnamed`: the system says that it made the account and not under which id.
 */
export type Created =
  | { readonly kind: 'created'; readonly accountId: string }
  | { readonly kind: 'created-unnamed' }
  | { readonly kind: 'exists' };

/** `gone`: there is no such account any more. */
export type Switched = 'changed' | 'unchanged' | 'gone';

/** `exists`: the change would give the account what another one has. */
export type Changed = Switched | 'exists';

/**
 * The port to a system. An implementation translates these verbs into the system's words and its answers back;
 * it decides nothing about links, retries or messages. Each verb that changes something may have succeeded although
 * it throws, and may be repeated.
 */
export interface Connector {
  /** Looks for accounts whose externalId equals ours exactly. */
  find(request: AccountRequest): Promise<Found>;
  /** The account with this id, whoever it belongs to. Never `many`. */
  read(accountId: string, request: AccountRequest): Promise<Found>;
  /**
   * Looks for accounts that show `trait`, whoever they belong to. Letters differ by their case alone where the system
   * says so, and never otherwise. Absent where a system can be asked for the externalId alone.
   */
  match?(trait: Trait, request: AccountRequest): Promise<Found>;
  /** Makes the account, with `valuesOf` the attributes. */
  create(request: AccountRequest): Promise<Created>;
  /**
   * Brings the account to the attributes, by `changesOf` them and nothing besides. One that carries no externalId gets
   * ours.
   */
  change(account: Account, request: AccountRequest): Promise<Changed>;
  /** Switches the account on or off. */
  setActive(account: Account, active: boolean): Promise<Switched>;
  /** Removes the account for good. */
  remove(account: Account): Promise<'removed' | 'gone'>;
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

/** The message is retried, but not before a call that may still be under way must have ended. */
export class OutcomeUnknownError extends RetryableError {
  override readonly name = 'OutcomeUnknownError';

  /** @param creation of a create: `confirmed` when the system said that it made the account */
  constructor(
    code: RetryCode,
    retryAfterMs?: number,
    readonly creation?: Creation,
  ) {
    super(code, retryAfterMs);
  }
}

/** The message is parked: the system will never take this account as it is. */
export class RejectedError extends Error {
  override readonly name = 'RejectedError';

  /** @param detail what the system objected to, free of personal data */
  constructor(
    readonly code: RejectCode &
      ('remote-rejected' | 'filter-ignored' | 'invalid-value' | 'removal-unsupported'),
    readonly detail?: string,
  ) {
    super(code);
  }
}
