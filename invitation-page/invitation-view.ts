import type { Brand } from '../status-page/layout/brand';
import type { Language } from '../status-page/layout/language';

interface AnyView {
  readonly language: Language;
  readonly brand: Brand;
}

/** Where a person ends up: the application of the invitation, or the first one where none is known. */
export interface Destination {
  readonly label: string;
  /** Its login, `<initiate_login_uri>?iss=…`. */
  readonly url: string;
}

/** What the forms of a page send, all to one place. */
export interface FormFields {
  readonly action: string;
  /** Whose page it is, and that it came from this page. */
  readonly flow: string;
  readonly proof: string;
}

/** The page that asks whether a person accepts. Nothing is redeemed before they say so. */
export interface AcceptView extends AnyView {
  readonly kind: 'accept';
  readonly destination: Destination;
  readonly form: FormFields;
  /** Whoever is signed in, in words; undefined where nobody is, or nobody knows. */
  readonly person: string | undefined;
  /** The address that the account has to have; undefined where any account will do. */
  readonly boundTo: string | undefined;
  readonly roles: readonly string[];
  /** Epoch ms. */
  readonly expiresAt: number;
  /** They were here before and did not finish signing in. */
  readonly isUnfinished: boolean;
}

/**
 * Somebody is signed in with whom it does not go on.
 *
 * - `wrong-account`: the invitation is for another address
 * - `address-unverified`: nobody knows whether the address is theirs
 */
export type Hindrance = 'wrong-account' | 'address-unverified';

export interface HinderedView extends AnyView {
  readonly kind: Hindrance;
  readonly form: FormFields;
  readonly person: string;
  readonly boundTo: string | undefined;
}

/** They said yes and are on their way to sign in. */
export interface LeavingView extends AnyView {
  readonly kind: 'leaving';
  readonly url: string;
}

/** It is theirs, and what it brings is on its way. */
export interface RedeemedView extends AnyView {
  readonly kind: 'redeemed';
  readonly destination: Destination;
  /** Asked how far it is. */
  readonly progressUrl: string;
  /** Milliseconds that the wait can still take. */
  readonly leftMs: number;
}

/**
 * It is theirs, and there is nothing to wait for.
 *
 * - `arrived`: by now, so that the page goes on to the application by itself
 * - `accepted`: since earlier
 * - `failed`: what it brings is not all there, and somebody has to look
 */
export interface AcceptedView extends AnyView {
  readonly kind: 'arrived' | 'accepted' | 'failed';
  readonly destination: Destination;
}

/**
 * Why there is nothing to accept.
 *
 * - `expired`, `revoked`, `used`: the link was right
 * - `unknown`: it is none of ours, was changed, or a newer one took its place
 * - `off`: the application it leads to is no longer there
 * - `over`: the link was not opened in this browser, or too long ago
 * - `unavailable`: we cannot tell
 */
export type DeadEnd = 'expired' | 'revoked' | 'used' | 'unknown' | 'off' | 'over' | 'unavailable';

export interface DeadEndView extends AnyView {
  readonly kind: DeadEnd;
  readonly destination?: Destination | undefined;
  /** Where to try again; empty for the same address. It is offered in place of the application. */
  readonly retryUrl?: string | undefined;
}

export type InvitationView =
  | AcceptView
  | HinderedView
  | LeavingView
  | RedeemedView
  | AcceptedView
  | DeadEndView;
export type InvitationViewKind = InvitationView['kind'];
