import type { StatusToken } from '../../events/login-tokens';
import { type RefusedStatusToken, readStatusToken } from './tokens/read-status-token';
import type { ReadTokenSecrets } from './tokens/token-secrets';
import { FORGED } from './tokens/verify-token';

/** A person who waits on the page, as the Action sent them. */
export interface Session {
  readonly token: StatusToken;
  /** The token as it travels. */
  readonly sessionToken: string;
  /** Of the login that waits. */
  readonly state: string;
  readonly userRef: string;
}

export interface SessionDeps {
  readonly statusSecrets: ReadTokenSecrets;
  readonly userRefOf: (userId: string) => Promise<string>;
  /** Epoch ms. */
  readonly now: () => number;
}

/** What comes from a browser: anything at all. */
export interface Asked {
  readonly session_token?: unknown;
  readonly state?: unknown;
}

export type Opened = { readonly ok: true; readonly session: Session } | RefusedStatusToken;

// It goes into an address and a form. Auth0 makes it of letters, digits and a few signs.
const STATE = /^[\x21-\x7e]{1,1024}$/;

/** Whose page this is. A `state` alone says nothing: Auth0 decides whether it is a login that waits. */
export async function openSession(asked: Asked, deps: SessionDeps): Promise<Opened> {
  const { session_token: sessionToken, state } = asked;
  if (typeof sessionToken !== 'string' || typeof state !== 'string' || !STATE.test(state)) return FORGED;
  const read = await readStatusToken(sessionToken, deps.statusSecrets, deps.now());
  if (!read.ok) return read;
  const userRef = await deps.userRefOf(read.token.sub);
  return { ok: true, session: { token: read.token, sessionToken, state, userRef } };
}
