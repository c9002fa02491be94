import { HANDLE_SECONDS, type Handle, readHandle, writeHandle } from '../../../events/invitations/handle';
import type { Invitation } from '../../../events/invitations/invitation';
import { SIGNATURE_TOLERANCE_MS } from '../../../events/key-ring';
import type { InvitationRing } from './invitation-ring';
import { isSame, macOf } from './mac';

/**
 * A handle of an invitation that somebody is about to log in with. `now` is in epoch ms.
 *
 * @param userRef whose login it is for alone, where somebody said as whom they accept
 */
export function newHandle(
  { id, expiresAt }: Pick<Invitation, 'id' | 'expiresAt'>,
  { newest }: InvitationRing,
  now: number,
  userRef?: string,
): string {
  const made = {
    id,
    issuedAt: Math.floor(now / 1_000),
    expiresAt: Math.floor(Date.parse(expiresAt) / 1_000),
  };
  return writeHandle({ ...made, mac: macOf(newest, 'handle', signedOf(made, userRef)) });
}

/** A login may be by a clock that is behind ours, as far as what it says is believed at all. */
const LEEWAY_SECONDS = SIGNATURE_TOLERANCE_MS / 1_000;

/**
 * The handle that a text is, if we made it and a login brought it in time; undefined of any other text.
 *
 * @param seenAt epoch ms at which a login brought it: a caller that can be believed may say so later
 * @param userRef of who logs in: what was made for one person says nothing in the login of another
 */
export function checkHandle(
  text: unknown,
  { all }: InvitationRing,
  seenAt: number,
  userRef?: string,
): Handle | undefined {
  const handle = readHandle(text);
  if (handle === undefined) return undefined;
  const forWhom = userRef === undefined ? [undefined] : [undefined, userRef];
  const isOurs = all
    .flatMap((key) => forWhom.map((who) => isSame(handle.mac, macOf(key, 'handle', signedOf(handle, who)))))
    .includes(true);
  const ageSeconds = seenAt / 1_000 - handle.issuedAt;
  return isOurs && ageSeconds >= -LEEWAY_SECONDS && ageSeconds <= HANDLE_SECONDS ? handle : undefined;
}

const signedOf = ({ id, issuedAt, expiresAt }: Omit<Handle, 'mac'>, userRef?: string) =>
  [id, issuedAt, expiresAt, ...(userRef === undefined ? [] : [userRef])].join('.');
