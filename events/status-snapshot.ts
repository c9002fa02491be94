import type { Standing } from './standing';

/** One system as the person on the status page sees it. */
export interface SystemStanding {
  readonly name: string;
  /** What a person reads. */
  readonly label: string;
  readonly required: boolean;
  readonly standing: Standing;
}

/**
 * Why the page goes on.
 *
 * - `settled`: no required system waits, and none failed
 * - `failed`: a required one failed, and none waits
 * - `deadline`: the time that a login may wait is over, and a required one still waits
 */
export type SnapshotEnd = 'settled' | 'failed' | 'deadline';

/** How things stand for one person, as the server knows it at `now`. */
export interface StatusSnapshot {
  readonly systems: readonly SystemStanding[];
  /** Absent while the page is to wait. */
  readonly end?: SnapshotEnd;
  /** Epoch ms of the server, as `now` is: the browser's own clock may be wrong. */
  readonly deadlineAt: number;
  readonly now: number;
  /** Says exactly this, and is valid for {@link RETURN_TOKEN_SECONDS} of events/login-tokens.ts. */
  readonly returnToken: string;
  /** Opens the socket, within {@link TICKET_SECONDS} of events/login-tokens.ts. */
  readonly ticket: string;
}

/** What the page sends over its socket. */
export interface SnapshotRequest {
  readonly action: 'snapshot';
  readonly session_token: string;
  readonly state: string;
}

/** What comes over the socket: the answer to a {@link SnapshotRequest}, and news of one system. */
export type SocketMessage =
  | { readonly type: 'snapshot'; readonly snapshot: StatusSnapshot }
  | { readonly type: 'expired' }
  | { readonly type: 'standing'; readonly system: string; readonly standing: Standing };

/** What the Action is told when it asks how far a person is. */
export interface ReadinessAnswer {
  /** Any row of the person is known. */
  readonly known: boolean;
  /** Every system is ready, or the person needs no account there. */
  readonly all: boolean;
  /** No required system waits. */
  readonly settled: boolean;
  readonly ready: readonly string[];
  /** Required systems in which the account could not be made. */
  readonly failed: readonly string[];
}
