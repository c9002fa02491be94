import type { ClockFace } from '../clock';
import type { RemoteFault } from './remote-faults';
import type { Manners } from './scim-manners';
import type { TokenClient, TokenIssuer } from './token-issuer';

/** What the thread of a remote system is given when it begins. */
export interface RemoteSettings {
  readonly name: string;
  readonly path: string;
  /** The bearer token that is good in the beginning, of a system that issues none. */
  readonly token: string;
  /** Who issues tokens instead; the system's own client is the one with its name. */
  readonly issuer?: TokenIssuer;
  /** @default as the RFCs say */
  readonly manners?: Manners;
  /** @default real time */
  readonly clock?: ClockFace;
}

export type RemoteCommand =
  | { readonly name: 'up'; readonly port: number }
  | { readonly name: 'down' }
  | { readonly name: 'add-fault'; readonly fault: RemoteFault }
  | { readonly name: 'clear-faults' }
  /** From now on this bearer token is good. */
  | { readonly name: 'set-token'; readonly token: string }
  /** From now on these clients are good. */
  | { readonly name: 'set-clients'; readonly clients: readonly TokenClient[] }
  | { readonly name: 'count' | 'external-ids' };

export interface RemoteCount {
  readonly accounts: number;
  readonly duplicates: number;
  /** Of connectors, by operation. */
  readonly calls: Readonly<Record<string, number>>;
  /** Calls that a fault hit. */
  readonly faulted: number;
}

/** To the thread. */
export interface RemoteRequest {
  readonly id: number;
  readonly command: RemoteCommand;
}

/** From the thread: the answer to a request, or a wish to end the calling connector. */
export type RemoteMessage =
  | { readonly id: number; readonly result?: unknown; readonly error?: { code: string; message: string } }
  | { readonly kill: true };
