import type { Invitation } from '../../events/invitations/invitation';
import { INVITATION_DUE_KEYS, STUCK_INVITATIONS_KEY } from '../../events/invitations/invitation-indexes';
import { errorName, type Log } from '../runtime/logger';
import { changeInvitation } from './change-invitation';
import { expired, forgottenInTime, isWithdrawable, withdrawn } from './ending';
import type { Invitations } from './invitation-repository';
import { isOpenAt } from './is-open-at';
import { Auth0NotReadyError } from './precreate/expected';
import { postponed } from './row-keys';

export interface SweepInvitationsDeps {
  readonly invitations: Pick<Invitations, 'get' | 'replace' | 'due'>;
  /** Takes back what was made ahead for an invitation that is over. */
  readonly undo: (invitation: Invitation) => Promise<unknown>;
  /** From its end on, for how long the address of an invitation is kept that nobody accepted. */
  readonly keepMs: number;
  /** No other is begun after it, so that the function ends in time where Auth0 is slow. */
  readonly budgetMs: number;
  /** Epoch ms. */
  readonly now: () => number;
  readonly log: Log;
}

/** Per key of the index and sweep: what is left comes with the next one. */
const MOST_PER_KEY = 200;
const AT_ONCE = 10;

/**
 * Ends the invitations whose time is over, takes back what was made ahead for them, and forgets whom they were to once
 * that has been kept long enough. One that could not be brought on comes later and keeps nobody waiting. Rejects, after
 * all others were brought on, for as long as there is one that failed again and again.
 */
export function createInvitationSweep(deps: SweepInvitationsDeps): () => Promise<void> {
  return async () => {
    const startedAt = deps.now();
    const under = (key: string, now = startedAt) => deps.invitations.due({ key, now, limit: MOST_PER_KEY });
    const rows = (await Promise.all(INVITATION_DUE_KEYS.map((key) => under(key)))).flat();
    let begun = 0;
    let lost = 0;
    while (begun < rows.length && deps.now() - startedAt < deps.budgetMs) {
      const batch = rows.slice(begun, begun + AT_ONCE);
      begun += batch.length;
      lost += (await Promise.all(batch.map(({ id }) => bringOn(deps, id)))).filter((done) => !done).length;
    }
    deps.log('info', 'invitations swept', { count: begun });
    const stuck = await under(STUCK_INVITATIONS_KEY, Number.MAX_SAFE_INTEGER);
    if (stuck.length > 0) deps.log('error', 'invitations fail again and again', { count: stuck.length });
    if (lost + stuck.length > 0) throw new Error(`${lost + stuck.length} invitations are not brought on.`);
  };
}

/** False where not even that it failed could be written. */
async function bringOn(deps: SweepInvitationsDeps, id: string): Promise<boolean> {
  try {
    await advance(deps, id);
    return true;
  } catch (error) {
    const later = await changeInvitation(deps.invitations, id, (row) => postponed(row, deps.now())).catch(
      () => undefined,
    );
    const failures = later?.row?.failures;
    deps.log('error', 'invitation not brought on', {
      ...{ invitation: id, error: errorName(error) },
      ...(error instanceof Auth0NotReadyError && { outcome: error.why }),
      ...(failures !== undefined && { count: failures }),
    });
    return later !== undefined;
  }
}

async function advance({ invitations, keepMs, undo, now }: SweepInvitationsDeps, id: string): Promise<void> {
  const change = (next: (row: Invitation) => Invitation | undefined) =>
    changeInvitation(invitations, id, next);
  const { row } = await change((found) => expired(found, now(), keepMs));
  if (row === undefined || isOpenAt(row, now())) return;
  // Nobody is to accept what is being taken back: the row says so before.
  if (isWithdrawable(row)) {
    const lookedAt = now();
    await undo(row);
    await change((found) => withdrawn(found, lookedAt, keepMs));
  }
  await change((found) => forgottenInTime(found, now(), keepMs));
}
