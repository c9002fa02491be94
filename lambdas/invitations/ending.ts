import type { Invitation } from '../../events/invitations/invitation';
import { isOpenAt } from './is-open-at';
import { dueAt, inState, settled } from './row-keys';

/**
 * How an invitation ends, and what is still to be done afterwards. As in `transitions.ts`: undefined where a change does
 * not apply. Times are epoch ms.
 */

type Next = Invitation | undefined;

/**
 * Whoever makes users lives for a minute, and Auth0 shows what they asked for before this is over. What was looked for
 * after it does not come any more, whatever died, was slow or went unanswered in between.
 */
const SHOWN_AFTER_MS = 15 * 60_000;

/** When nobody else could accept it any more. */
const endedAt = ({ revokedAt, redeemedAt, expiresAt }: Invitation): number =>
  Date.parse(revokedAt ?? redeemedAt ?? expiresAt);

/** Over, and somebody may be there who was made ahead for it. */
export const isWithdrawable = (row: Invitation): boolean =>
  row.mode === 'precreate' && row.withdrawn !== true && (row.forget === true || isLost(row));

// For whom it was made ahead: they do not have it.
const isLost = ({ state, precreated, redeemedByUserId }: Invitation): boolean =>
  state === 'revoked' || state === 'expired' || (state === 'redeemed' && redeemedByUserId !== precreated);

/** @param keepMs for how long the address is kept from then on */
export function revoked(row: Invitation, now: number, keepMs: number): Next {
  return isOpenAt(row, now) ? afterEnd(revokedRow(row, now), keepMs) : undefined;
}

const revokedRow = (row: Invitation, now: number): Invitation => ({
  ...inState(row, 'revoked'),
  revokedAt: new Date(now).toISOString(),
});

/** @param keepMs for how long the address is kept from its end on */
export function expired(row: Invitation, now: number, keepMs: number): Next {
  if (row.state !== 'open' || isOpenAt(row, now)) return undefined;
  return afterEnd(inState(row, 'expired'), keepMs);
}

/** @param lookedAt when it was begun to look for what was made ahead, which is gone since */
export function withdrawn(row: Invitation, lookedAt: number, keepMs: number): Next {
  if (!isWithdrawable(row)) return undefined;
  const shownAt = endedAt(row) + SHOWN_AFTER_MS;
  if (lookedAt < shownAt) return dueAt(row, shownAt);
  const { precreated: _precreated, ...rest } = row;
  return afterEnd({ ...rest, withdrawn: true }, keepMs);
}

/** What is due once it is over. What was made ahead is so at once: whoever ended it may not have come to it. */
export function afterEnd(row: Invitation, keepMs: number): Invitation {
  if (isWithdrawable(row)) return dueAt(row, endedAt(row));
  if (row.forget === true) return forgotten(row);
  return row.state === 'redeemed' ? settled(row) : dueAt(row, endedAt(row) + keepMs);
}

/** Once its address was kept for as long as it may be. */
export function forgottenInTime(row: Invitation, now: number, keepMs: number): Next {
  if (row.state === 'redeemed' || isWithdrawable(row)) return undefined;
  return now < endedAt(row) + keepMs ? undefined : forgotten(row);
}

/** Who was invited is forgotten; that somebody was stays. */
function forgotten(row: Invitation): Invitation {
  const { email: _email, precreated: _made, forget: _forget, ...rest } = settled(row);
  return withoutTraces(rest);
}

/** The same, of what is over. What leads to whom it made ahead goes once they are gone. */
export function forgottenSoon(row: Invitation): Invitation {
  if (!isWithdrawable(row)) return forgotten(row);
  return dueAt({ ...withoutTraces(row), forget: true }, endedAt(row));
}

const withoutTraces = ({ emailRef: _ref, idempotency: _asked, ...row }: Invitation): Invitation => ({
  ...row,
  ...{ data: {}, secrets: [] },
});

/** Nobody is to accept it, whatever its time. */
export function ended(row: Invitation, now: number): Next {
  if (row.state !== 'open') return undefined;
  const closed = revokedRow(row, now);
  return isWithdrawable(closed) ? dueAt(closed, now) : closed;
}

/** What is left once the person is erased who redeemed it, or to whom it was. */
export function erased(row: Invitation, now: number): Next {
  const soon = forgottenSoon(ended(row, now) ?? row);
  const { redeemedBy: _by, redeemedByUserId: _id, generation: _generation, ...rest } = soon;
  return rest;
}
