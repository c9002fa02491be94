import { EncryptJWT, jwtDecrypt } from 'jose';
import type { InvitationKey, InvitationRing } from '../token/invitation-ring';
import { macOf } from '../token/mac';
import type { FlowSession } from './flow-session';

/** From the last page on. The handle that a login carries is good for as long. */
const SESSION_SECONDS = 15 * 60;
/** However often a page is looked at. */
const LONGEST_SECONDS = 60 * 60;
/** Links that a browser has open at once; what all cookies of a request may take is some kilobytes. */
const MOST_FLOWS = 4;

export interface FlowCookies {
  /** What the browser has done with a link; undefined where it is not the one, or too long ago. */
  read(cookies: readonly string[], flow: string): Promise<FlowSession | undefined>;
  /** The headers Set-Cookie that keep a session. */
  keep(session: FlowSession): Promise<string[]>;
  /** The same for a new one; the oldest of too many ends. */
  begin(session: FlowSession, cookies: readonly string[]): Promise<string[]>;
}

export interface FlowCookiesDeps {
  readonly ring: () => Promise<InvitationRing>;
  /** Over plain HTTP, which is this machine alone, no browser takes a name that asks for TLS. */
  readonly isSecure: boolean;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * Sessions in cookies that only we can read and write. They are sent with no request that another site makes, but for
 * links and redirects, by one of which people come back from the login.
 */
export function createFlowCookies(deps: FlowCookiesDeps): FlowCookies {
  const { ring, isSecure, now } = deps;
  const prefix = isSecure ? '__Host-invitation-' : 'invitation-';
  const attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  const read: FlowCookies['read'] = async (cookies, flow) => {
    const sealed = cookies.find((cookie) => cookie.startsWith(`${prefix}${flow}=`))?.split('=')[1];
    const session = sealed === undefined ? undefined : await unseal(sealed, (await ring()).all, now());
    return session?.flow === flow ? session : undefined;
  };
  const keep: FlowCookies['keep'] = async (session) => {
    const leftMs = session.openedAt + LONGEST_SECONDS * 1_000 - now();
    const seconds = Math.max(0, Math.min(SESSION_SECONDS, Math.floor(leftMs / 1_000)));
    const sealed = await seal(session, (await ring()).newest, now() + seconds * 1_000);
    return [`${prefix}${session.flow}=${sealed}; Max-Age=${seconds}; ${attributes}`];
  };
  const oldOnes = async (cookies: readonly string[]): Promise<string[]> => {
    const flows = cookies.flatMap((cookie) => (cookie.startsWith(prefix) ? [flowIn(cookie, prefix)] : []));
    const sessions = await Promise.all(flows.map((flow) => read(cookies, flow)));
    const age = (index: number) => sessions[index]?.openedAt ?? 0;
    const newestFirst = flows.map((flow, index) => ({ flow, at: age(index) })).sort((a, b) => b.at - a.at);
    return newestFirst.slice(MOST_FLOWS - 1).map(({ flow }) => flow);
  };
  return {
    ...{ read, keep },
    async begin(session, cookies) {
      const ended = (await oldOnes(cookies)).map((flow) => `${prefix}${flow}=; Max-Age=0; ${attributes}`);
      return [...(await keep(session)), ...ended];
    },
  };
}

// What a browser sends as its name goes into a header again.
const flowIn = (cookie: string, prefix: string) =>
  /^[\w-]{1,64}/.exec(cookie.slice(prefix.length))?.[0] ?? '';

const HEADER = { alg: 'dir', enc: 'A256GCM' } as const;

const keyOf = (key: InvitationKey) => Buffer.from(macOf(key, 'session', 'cookie'), 'base64url');

const seal = (session: FlowSession, key: InvitationKey, until: number): Promise<string> =>
  new EncryptJWT({ session })
    .setProtectedHeader(HEADER)
    .setExpirationTime(Math.floor(until / 1_000))
    .encrypt(keyOf(key));

/** A cookie has some hundreds of characters. */
const LONGEST = 4_096;

async function unseal(
  sealed: string,
  keys: readonly InvitationKey[],
  now: number,
): Promise<FlowSession | undefined> {
  if (sealed.length > LONGEST) return undefined;
  for (const key of keys) {
    const opened = await unsealWith(sealed, key, now).catch(() => undefined);
    if (opened !== undefined) return opened;
  }
  return undefined;
}

async function unsealWith(sealed: string, key: InvitationKey, now: number): Promise<FlowSession> {
  const { payload } = await jwtDecrypt(sealed, keyOf(key), {
    keyManagementAlgorithms: [HEADER.alg],
    contentEncryptionAlgorithms: [HEADER.enc],
    requiredClaims: ['exp'],
    currentDate: new Date(now),
  });
  // Nobody else can have written it.
  return payload.session as FlowSession;
}
