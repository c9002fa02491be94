import { HANDLE_SECONDS, type Handle, readHandle, writeHandle } from '../../../events/invitations/handle';
import type { Invitation } from '../../../events/invitations/invitation';
import type { InvitationRing } from './invitation-ring';
import { isSame, macOf } from './mac';

/** A handle of an invitation that somebody is about to log in with. `now` is in epoch ms. */
export function newHandle(
  { id, expiresAt }: Pick<Invitation, 'id' | 'expiresAt'>,
  { newest }: InvitationRing,
  now: number,
): string {
  const made = {
    id,
    issuedAt: Math.floor(now / 1_000),
    expiresAt: Math.floor(Date.parse(expiresAt) / 1_000),
  };
  return writeHandle({ ...made, mac: macOf(newest, 'handle', signedOf(made)) });
}

/** Clocks of ours differ by no more. */
const LEEWAY_SECONDS = 30;

/**
 * The handle that a text is, if we made it and a login brought it in time; undefined of any other text.
 *
 * @param seenAt epoch ms at which a login brought it: a caller that can be believed may say so later
 */
export function checkHandle(text: unknown, { all }: InvitationRing, seenAt: number): Handle | undefined {
  const handle = readHandle(text);
  if (handle === undefined) return undefined;
  const isOurs = all.map((key) => isSame(handle.mac, macOf(key, 'handle', signedOf(handle)))).includes(true);
  const ageSeconds = seenAt / 1_000 - handle.issuedAt;
  return isOurs && ageSeconds >= -LEEWAY_SECONDS && ageSeconds <= HANDLE_SECONDS ? handle : undefined;
}

const signedOf = ({ id, issuedAt, expiresAt }: Omit<Handle, 'mac'>) => `${id}.${issuedAt}.${expiresAt}`;
