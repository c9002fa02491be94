import type { Invitation } from '../../events/invitations/invitation';
import type { Invitations } from './invitation-repository';

/** Each failed write means that somebody else got on. */
const MOST_WRITES = 5;

export type Changed =
  | { readonly ok: true; readonly row: Invitation }
  /** The change does not apply to the row as it is; `row` is undefined where there is none. */
  | { readonly ok: false; readonly row: Invitation | undefined };

/**
 * Writes what `next` makes of an invitation, anew when somebody else was faster. Rejects when the table fails, or when
 * others were faster each time.
 */
export async function changeInvitation(
  { get, replace }: Pick<Invitations, 'get' | 'replace'>,
  id: string,
  next: (row: Invitation) => Invitation | undefined,
): Promise<Changed> {
  for (let write = 0; write < MOST_WRITES; write += 1) {
    const row = await get(id);
    const wanted = row === undefined ? undefined : next(row);
    if (row === undefined || wanted === undefined) return { ok: false, row };
    if (await replace(wanted, row)) return { ok: true, row: { ...wanted, revision: row.revision + 1 } };
  }
  throw new Error('The invitation was written by others each time.');
}
