import { createHash } from 'node:crypto';
import { newestKey, parseKeys } from '../../../events/key-ring';

/** A key that tokens and handles are hashed with. */
export interface InvitationKey {
  readonly version: string;
  readonly secret: string;
}

/** All keys of invitations: one makes new hashes, and all of them check old ones, so that a rotation kills no link. */
export interface InvitationRing {
  readonly newest: InvitationKey;
  readonly all: readonly InvitationKey[];
}

/** Reads the keys of the text of their secret. Throws when none of them is valid at `now` (epoch ms). */
export function readRing(secretText: string, now: number): InvitationRing {
  const keys = parseKeys(secretText);
  const newest = newestKey(keys, now);
  if (newest === undefined) throw new Error('No key of invitations is valid now.');
  return { newest: keyOf(newest.secret), all: keys.map(({ secret }) => keyOf(secret)) };
}

// A name that tells keys apart and says nothing of them.
const keyOf = (secret: string): InvitationKey => ({
  version: createHash('sha256').update(`invitation key ${secret}`).digest('base64url').slice(0, 8),
  secret,
});
