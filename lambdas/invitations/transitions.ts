import type { Invitation, InvitationMail, SecretHash } from '../../events/invitations/invitation';
import { MOST_SECRETS } from '../../events/invitations/invitation';
import { afterEnd } from './ending';
import { isOpenAt } from './is-open-at';
import { inState } from './row-keys';

/**
 * How an invitation changes. Each function is told the row as it is and gives the row as it is to be, or undefined
 * where the change does not apply to it; whoever writes does so only if nobody wrote in between.
 */

type Next = Invitation | undefined;

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
  // Somebody else may have been made ahead for it: nothing else is due any more.
  return afterEnd({ ...inState(row, 'redeemed'), ...who }, 0);
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

export const mailOf = (state: InvitationMail['state'], now: number, code?: string): InvitationMail => ({
  state,
  at: new Date(now).toISOString(),
  ...(code !== undefined && { code }),
});
