import type { StatusSnapshot } from '../events/status-snapshot';
import type { Brand } from './layout/brand';
import type { Language } from './layout/language';

interface AnyView {
  readonly language: Language;
  readonly brand: Brand;
  /**
   * Where the login ends, from the status token: an origin, or the scheme of an app on a phone. The form may be
   * redirected there, and a web address is offered as the way back.
   */
  readonly app?: string | undefined;
}

/** The page on which a person waits for their accounts. */
export interface WaitingView extends AnyView {
  readonly kind: 'waiting';
  readonly snapshot: StatusSnapshot;
  /** `<origin>/continue?state=…`, with the origin of the status token. */
  readonly continueUrl: string;
  readonly sessionToken: string;
  readonly state: string;
  /** Without a ticket: the page adds it. */
  readonly socketUrl: string;
  readonly snapshotUrl: string;
  /** What follows when a required account could not be made. */
  readonly onFailed: 'continue' | 'stop';
  /** How often a browser that runs no script loads the page again while it waits. */
  readonly refreshSeconds: number;
}

/**
 * Why there is nothing to wait for.
 *
 * - `expired`: the status token was good and is too old
 * - `forged`: it is none of ours, or was changed
 * - `unavailable`: we cannot tell
 */
export type DeadEnd = 'expired' | 'forged' | 'unavailable';

export interface DeadEndView extends AnyView {
  readonly kind: DeadEnd;
}

export type StatusView = WaitingView | DeadEndView;
