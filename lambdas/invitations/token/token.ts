import { randomBytes } from 'node:crypto';
import type { Invitation, SecretHash } from '../../../events/invitations/invitation';
import type { InvitationRing } from './invitation-ring';
import { isSame, macOf } from './mac';

/** The parts of a token: `<id of the invitation>.<secret>`. */
export interface Token {
  readonly id: string;
  /** 256 random bits in base64url. */
  readonly secret: string;
}

const TOKEN = /^([\w-]{22})\.([\w-]{43})$/;

/** The parts of a text that looks like a token; undefined where it does not. */
export function readToken(text: unknown): Token | undefined {
  const [, id, secret] = (typeof text === 'string' && TOKEN.exec(text)) || [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

export interface NewToken {
  /** Goes into the mail and nowhere else. */
  readonly token: string;
  /** What is kept of it. */
  readonly kept: SecretHash;
}

/** A token of the invitation `id`, made up anew. */
export function newToken(id: string, { newest }: InvitationRing): NewToken {
  const token = `${id}.${randomBytes(32).toString('base64url')}`;
  return { token, kept: { hash: macOf(newest, 'token', token), keyVersion: newest.version } };
}

/**
 * Whether `token` is one that was made for the invitation and is still good. Every hash of the row is looked at, and
 * each for as long.
 */
export function isTokenOf(
  { id, secrets }: Pick<Invitation, 'id' | 'secrets'>,
  token: Token,
  { all }: InvitationRing,
): boolean {
  const text = `${token.id}.${token.secret}`;
  const fits = secrets.map(({ hash, keyVersion }) => {
    const key = all.find(({ version }) => version === keyVersion);
    return key !== undefined && isSame(hash, macOf(key, 'token', text));
  });
  return token.id === id && fits.includes(true);
}
