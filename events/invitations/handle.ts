/**
 * What carries an accepted invitation through a login, as `ext-invitation`: the id, when the handle was made and until
 * when the invitation is good (both in seconds), and a signature that only Punctual can check. It is worth something
 * for minutes, and the token of the mail cannot be made of it.
 */
export interface Handle {
  /** Of the invitation. */
  readonly id: string;
  /** Epoch seconds. */
  readonly issuedAt: number;
  /** Epoch seconds: of no use to anybody afterwards. */
  readonly expiresAt: number;
  readonly mac: string;
}

/** The parameter of `/authorize`. `invitation` is Auth0's own, for organizations. */
export const HANDLE_PARAMETER = 'ext-invitation';

/** So long after it was made a login may bring it. */
export const HANDLE_SECONDS = 15 * 60;

const HANDLE = /^([\w-]{22})\.(\d{1,12})\.(\d{1,12})\.([\w-]{43})$/;

/** The parts of a handle; undefined where a text is none. Whether it is genuine it does not say. */
export function readHandle(text: unknown): Handle | undefined {
  const [, id, issuedAt, expiresAt, mac] = (typeof text === 'string' && HANDLE.exec(text)) || [];
  if (id === undefined || mac === undefined) return undefined;
  return { id, issuedAt: Number(issuedAt), expiresAt: Number(expiresAt), mac };
}

/** A handle as it travels. */
export const writeHandle = ({ id, issuedAt, expiresAt, mac }: Handle): string =>
  `${id}.${issuedAt}.${expiresAt}.${mac}`;
