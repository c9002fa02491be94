import type { Invitation } from '../../../events/invitations/invitation';
import type { ManagementApi } from '../../auth0/management-api';
import { changeInvitation } from '../change-invitation';
import type { Invitations } from '../invitation-repository';
import { isOpenAt } from '../is-open-at';
import type { Redeemed, Redemption } from '../redeem';
import { expected, notReady } from './expected';
import { newUserOf, secondsLeft } from './new-user';
import { type KnownProfile, usersAt } from './users-at';
import { personIn, type Terms, type Whose, whoseAddress } from './whose-address';

/** What the mail of an invitation says. */
export type Prepared =
  /** A user is made who sets a password there. */
  | { readonly outcome: 'ticket'; readonly link: string }
  /** The mail is the one of the mode `link`. */
  | { readonly outcome: 'fallback' }
  /** It is theirs already. */
  | { readonly outcome: 'finalized' }
  /** Nobody is told anything: it was revoked, accepted, sent anew or too late meanwhile. */
  | { readonly outcome: 'closed' };

export interface PrepareDeps extends Terms {
  readonly api: Pick<ManagementApi, 'user' | 'usersByEmail' | 'createUser' | 'passwordTicket'>;
  readonly invitations: Pick<Invitations, 'get' | 'replace'>;
  readonly redeem: (redemption: Redemption) => Promise<Redeemed>;
  /** The database connection of new users. */
  readonly connection: string;
  /** Client ids by the names of applications. */
  readonly clientIds: Readonly<Record<string, string>>;
  /** Has the accounts of a new user made now; absent where the first login does that. */
  readonly provision?: ((user: KnownProfile, requestId: string) => Promise<void>) | undefined;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * Does what an invitation of the mode `precreate` wants done before its mail. Again it does what is still missing, and
 * makes nothing twice. Rejects, with {@link Auth0NotReadyError} where it is Auth0, when the same is to be tried again.
 *
 * @param row as it was read for this sending
 */
export async function prepare(deps: PrepareDeps, row: Invitation, requestId: string): Promise<Prepared> {
  if (row.precreation === 'finalized' && row.state === 'redeemed') return tellOwner(deps, { row, requestId });
  const { email } = row;
  if (email === undefined) return { outcome: 'closed' };
  const whose = whoseAddress(row, await usersAt(deps.api, email), deps);
  const task = { row: { ...row, email }, requestId };
  switch (whose.kind) {
    case 'ours':
      return invite(deps, task, whose.profile);
    case 'theirs':
      return finalize(deps, task, whose);
    case 'unclear':
      return fallBack(deps, task);
    case 'nobody':
      return create(deps, task);
  }
}

interface Task<Row extends Invitation = Invitation & { readonly email: string }> {
  readonly row: Row;
  readonly requestId: string;
}

async function create(deps: PrepareDeps, task: Task): Promise<Prepared> {
  const { row } = task;
  const answer = await deps.api.createUser(newUserOf(row, deps.connection));
  if (answer.outcome === 'ok') return invite(deps, task, answer.value as KnownProfile);
  // Auth0 would refuse it again: a rule for passwords, a connection that is not there.
  if (answer.outcome === 'refused') return fallBack(deps, task);
  if (answer.outcome !== 'exists') throw notReady(answer);
  // Somebody signed up meanwhile, or a first try of ours took effect.
  const whose = whoseAddress(row, await usersAt(deps.api, row.email), deps);
  if (whose.kind === 'ours') return invite(deps, task, whose.profile);
  return whose.kind === 'theirs' ? finalize(deps, task, whose) : fallBack(deps, task);
}

async function invite(deps: PrepareDeps, task: Task, user: KnownProfile): Promise<Prepared> {
  const { row, requestId } = task;
  // Where it was closed meanwhile, by somebody who could not know of the user, the sweeper looks for them later.
  if (!(await note(deps, task, { precreated: user.user_id, precreation: 'prepared' })))
    return { outcome: 'closed' };
  await deps.provision?.(user, requestId);
  const clientId = deps.clientIds[row.application];
  const ticket = await deps.api.passwordTicket({
    ...{ user_id: user.user_id, ttl_sec: secondsLeft(row, deps.now()), mark_email_as_verified: true },
    ...(clientId !== undefined && { client_id: clientId }),
  });
  return { outcome: 'ticket', link: expected(ticket) };
}

async function finalize(
  deps: PrepareDeps,
  task: Task,
  { user, connection }: Whose & { kind: 'theirs' },
): Promise<Prepared> {
  const { row, requestId } = task;
  // First, so that whoever finds the row redeemed knows that the mail is still to say so.
  if (!(await note(deps, task, { precreation: 'finalized' }))) return { outcome: 'closed' };
  const { outcome } = await deps.redeem({ id: row.id, user, connection, requestId });
  if (outcome === 'redeemed') return { outcome: 'finalized' };
  const isTheirs = outcome === 'wrong-account' || outcome === 'address-unverified';
  return isTheirs ? fallBack(deps, task) : { outcome: 'closed' };
}

/** Theirs since an earlier delivery, which may have come no further: the systems are yet to be told. */
async function tellOwner(
  deps: PrepareDeps,
  { row: { id, toldAt, redeemedByUserId = '' }, requestId }: Task<Invitation>,
): Promise<Prepared> {
  if (toldAt !== undefined) return { outcome: 'finalized' };
  const found = await deps.api.user(redeemedByUserId);
  const who = found.outcome === 'missing' ? undefined : personIn(expected(found), deps.attributes);
  if (who === undefined) return { outcome: 'closed' };
  const { outcome } = await deps.redeem({ id, ...who, requestId });
  return { outcome: outcome === 'redeemed' ? 'finalized' : 'closed' };
}

async function fallBack(deps: PrepareDeps, task: Task): Promise<Prepared> {
  return { outcome: (await note(deps, task, { precreation: 'fallback' })) ? 'fallback' : 'closed' };
}

/** False where the sending is not the current one of an open invitation any more. */
async function note(
  { invitations, now }: PrepareDeps,
  { row }: Task,
  done: Pick<Invitation, 'precreated' | 'precreation'>,
): Promise<boolean> {
  const { ok } = await changeInvitation(invitations, row.id, (found) =>
    isOpenAt(found, now()) && found.sending === row.sending ? { ...found, ...done } : undefined,
  );
  return ok;
}
