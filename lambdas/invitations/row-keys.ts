import type { Invitation } from '../../events/invitations/invitation';
import {
  dueKeyOfInvitation,
  listKeyOf,
  STUCK_INVITATIONS_KEY,
} from '../../events/invitations/invitation-indexes';

/** Which lists and which part of the index of what is due hold a row. */

export const inState = (row: Invitation, state: Invitation['state']): Invitation => ({
  ...row,
  state,
  listed: listKeyOf(state, row.id),
});

/** @param at epoch ms */
export const dueAt = (row: Invitation, at: number): Invitation => ({
  ...settled(row),
  ...{ due: dueKeyOfInvitation(row.id), dueAt: at },
});

/** Nothing more comes of the clock alone. */
export function settled({ due: _due, dueAt: _dueAt, failures: _failures, ...row }: Invitation): Invitation {
  return row;
}

/** A first row is due when it expires. */
export const firstDue = (id: string, expiresAt: string) => ({
  due: dueKeyOfInvitation(id),
  dueAt: Date.parse(expiresAt),
  listed: listKeyOf('open', id),
});

const FIRST_PAUSE_MS = 5 * 60_000;
/** So long after its cause is mended the last one is brought on. */
const LONGEST_PAUSE_MS = 6 * 60 * 60_000;
/** More than an accident that heals itself. */
const MANY_FAILURES = 3;

/**
 * Comes again later, each time twice as late: what fails for ever keeps nobody else waiting. Undefined where the row is
 * not due any more. Times are epoch ms.
 */
export function postponed(row: Invitation, now: number): Invitation | undefined {
  if (row.dueAt === undefined || row.dueAt > now) return undefined;
  const failures = (row.failures ?? 0) + 1;
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
  const isStuck = failures >= MANY_FAILURES;
  const due = isStuck ? STUCK_INVITATIONS_KEY : dueKeyOfInvitation(row.id);
  return { ...row, ...{ due, dueAt: now + pauseMs, failures } };
}
