import type { Hindrance } from '../../../invitation-page/invitation-view';
import type { Language } from '../../../status-page/layout/language';

/** Somebody as the page knows them. */
export interface KnownPerson {
  readonly userId: string;
  readonly userRef: string;
  /** What the page calls them. */
  readonly shown: string;
}

/** A login that was begun here. */
export interface PendingLogin {
  /** Of which state, nonce and verifier are made. */
  readonly secret: string;
  /** `look`: who is signed in, without asking anybody; `accept`: they said yes. */
  readonly purpose: 'look' | 'accept';
  /** userRef of whom they said it as. */
  readonly as?: string;
}

/**
 * What a browser has done with one link that it opened. It holds no token: that the token was right is what the session
 * says. Two links in two tabs are two of them.
 */
export interface FlowSession {
  readonly flow: string;
  /** Of the invitation. */
  readonly id: string;
  /** A newer mail ends it. */
  readonly sending: number;
  readonly language: Language;
  /** What a form of ours says, and nobody else knows. */
  readonly proof: string;
  /** Epoch ms. */
  readonly openedAt: number;
  /** How the invitation was when it was last looked who is signed in. */
  readonly looked?: 'open' | 'redeemed' | undefined;
  readonly person?: KnownPerson | undefined;
  readonly login?: PendingLogin | undefined;
  readonly hindrance?: Hindrance | undefined;
  /** They went to sign in and came back without. */
  readonly isUnfinished?: boolean | undefined;
  readonly redeemed?: Redeemed | undefined;
}

interface Redeemed {
  /** Epoch ms from which on what it brings can be there. */
  readonly since: number;
  /** Epoch ms at which nobody waits any more. */
  readonly until: number;
}
