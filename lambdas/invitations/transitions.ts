import type { Invitation, InvitationMail, SecretHash } from '../../events/invitations/invitation';
import { MOST_SECRETS, stateAt } from '../../events/invitations/invitation';
import { dueKeyOfInvitation, listKeyOf } from '../../events/invitations/invitation-indexes';

/**
 * How an invitation changes. Each function is told the row as it is and gives the row as it is to be, or undefined
 * where the change does not apply to it; whoever writes does so only if nobody wrote in between.
 */

type Next = Invitation | undefined;
type State = Invitation['state'];

/** Open, and in time. Times are epoch ms. */
export const isOpenAt = (row: Invitation, now: number): boolean => stateAt(row, now) === 'open';

const inState = (row: Invitation, state: State): Invitation => ({
  ...row,
  state,
  listed: listKeyOf(state, row.id),
});

const dueAt = (row: Invitation, at: number): Invitation => ({
  ...row,
  due: dueKeyOfInvitation(row.id),
  dueAt: at,
});

/** Nothing more comes of the clock alone. */
function settled({ due: _due, dueAt: _dueAt, ...row }: Invitation): Invitation {
  return row;
}

export interface Redeemer {
  readonly userRef: string;
  readonly userId: string;
  /** `created_at` of this life of theirs. */
  readonly generation: string;
}

export function redeemed(row: Invitation, by: Redeemer, now: number): Next {
  if (!isOpenAt(row, now)) return undefined;
  const { userRef: redeemedBy, userId: redeemedByUserId, generation } = by;
  const who = { redeemedBy, redeemedByUserId, generation, redeemedAt: new Date(now).toISOString() };
  return { ...settled(inState(row, 'redeemed')), ...who };
}

/** The systems are told of it, `at` (epoch ms) for the first time. */
export const told = (row: Invitation, at: number): Next =>
  row.state === 'redeemed' && row.toldAt === undefined
    ? { ...row, toldAt: new Date(at).toISOString() }
    : undefined;

/** The same person again, in the same life. */
export const isRedeemedBy = (row: Invitation, { userRef, generation }: Redeemer): boolean =>
  row.state === 'redeemed' &&
  row.redeemedBy === userRef &&
  Date.parse(row.generation ?? '') === Date.parse(generation);

/** @param keepMs for how long the address is kept from then on */
export function revoked(row: Invitation, now: number, keepMs: number): Next {
  if (!isOpenAt(row, now)) return undefined;
  const closed = { ...inState(row, 'revoked'), revokedAt: new Date(now).toISOString() };
  return dueAfterEnd(closed, keepMs);
}

/** @param keepMs for how long the address is kept from its end on */
export function expired(row: Invitation, now: number, keepMs: number): Next {
  if (row.state !== 'open' || isOpenAt(row, now)) return undefined;
  return dueAfterEnd(inState(row, 'expired'), keepMs);
}

/** What was made ahead is taken back. */
export function withdrawn(row: Invitation, keepMs: number): Next {
  if (!isWithdrawable(row)) return undefined;
  const { precreated: _precreated, ...rest } = row;
  return dueAfterEnd({ ...rest, withdrawn: true }, keepMs);
}

/** Over, and something may have been made ahead for it. */
export const isWithdrawable = ({ state, mode, withdrawn: done }: Invitation): boolean =>
  (state === 'revoked' || state === 'expired') && mode === 'precreate' && done !== true;

/** Epoch ms at which nobody could accept it any more. */
export const endedAt = ({ revokedAt, expiresAt }: Invitation): number => Date.parse(revokedAt ?? expiresAt);

// What has to be taken back is due at once: whoever ended it may not have come to it.
const dueAfterEnd = (row: Invitation, keepMs: number): Invitation =>
  dueAt(row, endedAt(row) + (isWithdrawable(row) ? 0 : keepMs));

/** Another mail, that is yet to be queued: what earlier ones carried opens nothing any more. */
export function resent(row: Invitation, now: number): Next {
  if (!isOpenAt(row, now)) return undefined;
  const { mail: _mail, ...rest } = row;
  return { ...rest, ...{ secrets: [], sending: row.sending + 1 } };
}

/**
 * The trace of a token that is about to be sent. A sending that is repeated adds one, as its first mail may have gone
 * out; the oldest makes room.
 */
export function withSecret(row: Invitation, kept: SecretHash, sending: number, now: number): Next {
  if (!isOpenAt(row, now) || row.sending !== sending) return undefined;
  return { ...row, secrets: [...row.secrets, kept].slice(-MOST_SECRETS) };
}

/** Without the trace of a token that was never sent. */
export function withoutSecret(row: Invitation, hash: string): Next {
  const secrets = row.secrets.filter((kept) => kept.hash !== hash);
  return secrets.length === row.secrets.length ? undefined : { ...row, secrets };
}

/** What became of the mail of a sending; of an earlier one it says nothing. */
export function withMail(row: Invitation, mail: InvitationMail, sending: number): Next {
  return row.sending === sending ? { ...row, mail } : undefined;
}

/** Who was invited is forgotten; that somebody was stays. */
export function forgotten(row: Invitation): Next {
  const { email: _email, emailRef: _ref, idempotency: _asked, precreated: _made, ...rest } = settled(row);
  return { ...rest, data: {}, secrets: [] };
}

/** Nobody is to accept it, whatever its time. */
export const ended = (row: Invitation): Next => (row.state === 'open' ? inState(row, 'revoked') : undefined);

/** What is left once the person is erased who redeemed it, or to whom it was. */
export function erased(row: Invitation): Next {
  const { redeemedBy: _by, redeemedByUserId: _id, generation: _generation, ...rest } = row;
  return forgotten(ended(rest) ?? rest);
}

export const mailOf = (state: InvitationMail['state'], now: number, code?: string): InvitationMail => ({
  state,
  at: new Date(now).toISOString(),
  ...(code !== undefined && { code }),
});

/** A first row is due when it expires. */
export const firstDue = (id: string, expiresAt: string) => ({
  due: dueKeyOfInvitation(id),
  dueAt: Date.parse(expiresAt),
  listed: listKeyOf('open', id),
});
