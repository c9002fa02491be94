/** What a certificate of erasure says. Holds no personal data. Times are ISO 8601. */
export interface Certificate {
  readonly type: 'punctual.erasure';
  readonly version: 1;
  readonly issuedAt: string;
  /** Domain of the Auth0 tenant. */
  readonly tenant: string;
  readonly environment: string;
  readonly stack: string;
  readonly userRef: string;
  /** Every life of the user is erased that began then or before. */
  readonly until: string;
  readonly systems: readonly ErasedSystem[];
  readonly messages: readonly SweptQueue[];
  /** From how many invitations the person was taken; absent of a stack that has none. */
  readonly invitations?: number;
  readonly auth0: AuthProfile;
  readonly remains: readonly Remainder[];
}

export interface ErasedSystem {
  readonly system: string;
  /** Names of the accounts that went; only the stack's pepper can make one of an account id. */
  readonly accounts: readonly string[];
  readonly askedAt: string;
  readonly removed?: Deed;
  /** When the system showed no account; two of them, unless it was told or done by hand. */
  readonly readBacks: readonly Deed[];
  /** When a system was told that nobody can look into. What it did, it alone can say. */
  readonly told?: readonly Deed[];
  /**
   * True where an operator said that the account is gone, and nobody looked. Of a system that takes events and has no
   * links beside `told`; of one that takes none any more instead of it.
   */
  readonly byHand?: true;
}

export interface Deed {
  readonly at: string;
  readonly requestId: string;
}

/**
 * A queue where messages wait for an operator, or for the code of people to whom nothing new is delivered, and how many
 * of the user's were deleted from it.
 */
export interface SweptQueue {
  readonly queue: string;
  readonly deleted: number;
}

export interface AuthProfile {
  /** `kept`: nobody asked for its end. */
  readonly profile: 'deleted' | 'not-found' | 'kept';
  readonly at: string;
}

/** What nobody can delete from, and when it is empty of the user. */
export interface Remainder {
  readonly what: string;
  readonly until: string;
}
