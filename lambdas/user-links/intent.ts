import type { JitRule } from '../../events/jit-rule';

/**
 * Whether the scope of a system has the user, as far as an event says: `everybody` where the system has no scope.
 */
export type Scoped = 'everybody' | 'inside' | 'outside' | 'unknown';

/** Whether an event asks for an account: `needless` where everybody has one from the registration on. */
export type Asking = 'needless' | 'asks' | 'silent';

/**
 * How the user comes in, where that decides whether they get an account: `needless` where every connection brings one.
 * Names of the connections that the event says the user has; none where it says none.
 */
export type Jit = 'needless' | { readonly rule: JitRule; readonly connections: readonly string[] };

/**
 * What an event wants of a link.
 *
 * - `account`: the user exists and should have an account that shows these attributes
 * - `enabled`: the same, and the account is to be switched on
 * - `disabled`: the user is blocked
 * - `gone`: this life of the user is over
 * - `erased`: the user is to be erased, this life and every one before it
 * - `due`: a reminder; the link itself says of what
 */
export interface Intent {
  readonly want: 'account' | 'enabled' | 'disabled' | 'gone' | 'erased' | 'due';
  /** Version of the profile, epoch ms. */
  readonly version: number;
  /** True when the event carries every configured attribute: only such an event may change an account. */
  readonly complete: boolean;
  /** True when the event tells of a change, so that its version counts even where nothing has to be done. */
  readonly tellsChange: boolean;
  /** True when the event vouches for the user's address, so that an account may be taken over by it. */
  readonly vouched: boolean;
  /** What this system would show of the user: in an account that is there, and in one made of the event. */
  readonly fingerprint: string;
  readonly fingerprintOfNew: string;
  /** True when what the event brings is added to what there is, so that none is too old. */
  readonly additive: boolean;
  readonly asking: Asking;
  readonly jit: Jit;
  readonly scope: Scoped;
  /** The same where nothing is known of the user yet, so that the connection of a login has to do. */
  readonly firstScope: Scoped;
}
