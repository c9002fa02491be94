import type { Invitation } from '../../events/invitations/invitation';
import { INVITATION_DUE_KEYS } from '../../events/invitations/invitation-indexes';
import { errorName, type Log } from '../runtime/logger';
import { changeInvitation } from './change-invitation';
import type { Invitations } from './invitation-repository';
import { endedAt, expired, forgotten, isOpenAt, isWithdrawable, withdrawn } from './transitions';

export interface SweepInvitationsDeps {
  readonly invitations: Pick<Invitations, 'get' | 'replace' | 'due'>;
  /** Takes back what was made ahead for an invitation that is over. */
  readonly undo: (invitation: Invitation) => Promise<unknown>;
  /** From its end on, for how long the address of an invitation is kept that nobody accepted. */
  readonly keepMs: number;
  /** Epoch ms. */
  readonly now: () => number;
  readonly log: Log;
}

/** Per key of the index and sweep: what is left comes with the next one. */
const MOST_PER_KEY = 200;
const AT_ONCE = 10;

/**
 * Ends the invitations whose time is over, takes back what was made ahead for them, and forgets whom they were to once
 * that has been kept long enough. Rejects when one could not be brought on, after all others were.
 */
export function createInvitationSweep(deps: SweepInvitationsDeps): () => Promise<void> {
  return async () => {
    const now = deps.now();
    const pages = INVITATION_DUE_KEYS.map((key) => deps.invitations.due({ key, now, limit: MOST_PER_KEY }));
    const rows = (await Promise.all(pages)).flat();
    let failures = 0;
    for (let start = 0; start < rows.length; start += AT_ONCE) {
      const batch = rows.slice(start, start + AT_ONCE).map((row) => bringOn(deps, row.id));
      failures += (await Promise.all(batch)).filter((done) => !done).length;
    }
    deps.log('info', 'invitations swept', { count: rows.length });
    if (failures > 0) throw new Error(`${failures} invitations could not be brought on.`);
  };
}

async function bringOn(deps: SweepInvitationsDeps, id: string): Promise<boolean> {
  const { invitations, keepMs, undo } = deps;
  const change = (next: (row: Invitation) => Invitation | undefined) =>
    changeInvitation(invitations, id, next);
  try {
    const { row } = await change((found) => expired(found, deps.now(), keepMs));
    if (row === undefined || row.state === 'redeemed' || isOpenAt(row, deps.now())) return true;
    // Nobody is to accept what is being taken back: the row says so before.
    if (isWithdrawable(row)) {
      await undo(row);
      await change((found) => withdrawn(found, keepMs));
    }
    await change((found) => (deps.now() < endedAt(found) + keepMs ? undefined : forgotten(found)));
    return true;
  } catch (error) {
    deps.log('error', 'invitation not brought on', { invitation: id, error: errorName(error) });
    return false;
  }
}
