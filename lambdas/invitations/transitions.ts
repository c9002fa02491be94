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

/** The same person again, in the same life. */
export const isRedeemedBy = (row: Invitation, { userRef, generation }: Redeemer): boolean =>
  row.state === 'redeemed' &&
  row.redeemedBy === userRef &&
  Date.parse(row.generation ?? '') === Date.parse(generation);

/** @param keepMs for how long the address is kept from then on */
export function revoked(row: Invitation, now: number, keepMs: number): Next {
  if (!isOpenAt(row, now)) return undefined;
  return { ...dueAt(inState(row, 'revoked'), now + keepMs), revokedAt: new Date(now).toISOString() };
}

/** @param keepMs for how long the address is kept from its end on */
export function expired(row: Invitation, now: number, keepMs: number): Next {
  if (row.state !== 'open' || isOpenAt(row, now)) return undefined;
  return dueAt(inState(row, 'expired'), Date.parse(row.expiresAt) + keepMs);
}

/** Another mail: what earlier ones carried opens nothing any more. */
export function resent(row: Invitation, now: number): Next {
  if (!isOpenAt(row, now)) return undefined;
  return { ...row, ...{ secrets: [], sending: row.sending + 1 }, mail: mailOf('queued', now) };
}

/**
 * The trace of a token that is about to be sent. A sending that is repeated adds one, as its first mail may have gone
 * out; the oldest makes room.
 */
export function withSecret(row: Invitation, kept: SecretHash, sending: number, now: number): Next {
  if (!isOpenAt(row, now) || row.sending !== sending) return undefined;
  return { ...row, secrets: [...row.secrets, kept].slice(-MOST_SECRETS) };
}

/** What became of the mail of a sending; of an earlier one it says nothing. */
export function withMail(row: Invitation, mail: InvitationMail, sending: number): Next {
  return row.sending === sending ? { ...row, mail } : undefined;
}

/** Who was invited is forgotten; that somebody was stays. */
export function forgotten(row: Invitation): Next {
  const { email: _email, emailRef: _ref, precreated: _precreated, ...rest } = settled(row);
  return { ...rest, data: {}, secrets: [] };
}

/** What is left once the person who redeemed it is erased. */
export function erased(row: Invitation): Next {
  const { redeemedBy: _by, redeemedByUserId: _id, generation: _generation, ...rest } = row;
  const closed = rest.state === 'open' ? inState(rest, 'revoked') : rest;
  return forgotten(closed);
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
