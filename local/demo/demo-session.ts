import { createHash, randomBytes } from 'node:crypto';

export interface PendingLogin {
  readonly nonce: string;
  readonly verifier: string;
}

/** Somebody before the demo application. */
export interface DemoSession {
  /** Logins under way by their state: each tab may have one. */
  readonly pending: Map<string, PendingLogin>;
  user?: DemoUser | undefined;
  /** What was done last, in words. */
  said?: string | undefined;
}

export interface DemoUser {
  readonly userId: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly accessClaims: Readonly<Record<string, unknown>>;
  readonly accessToken: string;
}

const COOKIE = 'demo_session';

/** Sessions by their cookie; a run is short, so none ends by itself. */
export class DemoSessions {
  private readonly sessions = new Map<string, DemoSession>();

  /** The session of a request, and the cookie to set where it has none. */
  of(cookies: string | undefined): { readonly session: DemoSession; readonly setCookie?: string } {
    const id = new RegExp(`(?:^|; )${COOKIE}=([^;]+)`).exec(cookies ?? '')?.[1] ?? '';
    const known = this.sessions.get(id);
    if (known !== undefined) return { session: known };
    const [made, session]: [string, DemoSession] = [
      randomBytes(24).toString('base64url'),
      { pending: new Map() },
    ];
    this.sessions.set(made, session);
    return { session, setCookie: `${COOKIE}=${made}; Path=/; HttpOnly; SameSite=Lax` };
  }
}

export function newLogin(): { state: string; nonce: string; verifier: string; challenge: string } {
  const [state = '', nonce = '', verifier = ''] = [16, 16, 32].map((bytes) =>
    randomBytes(bytes).toString('base64url'),
  );
  return { state, nonce, verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}
