import type { ManagementApi } from '../../auth0/management-api';
import {
  type AcceptedInvitation,
  type Account,
  type AccountRequest,
  type Changed,
  type Connector,
  type Created,
  type Found,
  OutcomeUnknownError,
  RejectedError,
  RetryableError,
} from '../connector';
import { valueIn } from './error-of-answer';
import { type Grant, grantIn, grantWith, isSameGrant, metadataOf, NO_METADATA } from './grant';

export interface Auth0ConnectorDeps {
  readonly management: Pick<ManagementApi, 'user' | 'changeUser' | 'rolesOf' | 'giveRoles' | 'takeRoles'>;
  /** Ids of the roles that may be given, by their names. */
  readonly roles: Readonly<Record<string, string>>;
}

/**
 * What accepted invitations bring, in the tenant itself. The account is the grant: `app_metadata.invitation` and the
 * roles; its id is the `user_id`. The user is somebody else's to make, to switch off and to remove.
 */
export function createAuth0Connector(deps: Auth0ConnectorDeps): Connector {
  const find = (userId: string) => look(deps, userId);
  return {
    find: ({ userId }) => find(userId),
    read: (accountId) => find(accountId),
    create: (request) => create(deps, request),
    change: (account, request) => change(deps, account, request),
    // Whether somebody comes in is the tenant's business.
    setActive: async () => 'unchanged',
    remove: (account) => remove(deps, account),
  };
}

async function look({ management }: Auth0ConnectorDeps, userId: string): Promise<Found> {
  const profile = valueIn(await management.user(userId), () => undefined);
  const grant = profile && grantIn(profile);
  if (grant === undefined) return { kind: 'none' };
  return { kind: 'one', account: { accountId: userId, carries: 'ours', snapshot: grant } };
}

async function create(deps: Auth0ConnectorDeps, { userId, accepted }: AccountRequest): Promise<Created> {
  if (accepted === undefined) throw new RejectedError('remote-rejected', 'no invitation was accepted');
  const isThere = await bring(deps, userId, undefined, accepted);
  // Who is gone meanwhile gets nothing any more.
  if (!isThere) throw new RejectedError('remote-rejected', 'no such user');
  return { kind: 'created', accountId: userId };
}

async function change(
  deps: Auth0ConnectorDeps,
  { accountId, snapshot }: Account,
  { accepted }: AccountRequest,
): Promise<Changed> {
  if (accepted === undefined) return 'unchanged';
  return (await bring(deps, accountId, snapshot as Grant, accepted)) ? 'changed' : 'gone';
}

/** The note is written before the roles are given: what was given without one would never be taken away. */
async function bring(
  deps: Auth0ConnectorDeps,
  userId: string,
  before: Grant | undefined,
  accepted: AcceptedInvitation,
): Promise<boolean> {
  const { management } = deps;
  const ids = idsOf(deps, accepted.roles);
  const given = await givenBy(deps, userId, ids, before);
  if (given === undefined) return false;
  const grant = grantWith(before, accepted, given);
  if (!isSameGrant(before, grant)) {
    const change = { app_metadata: metadataOf(grant) };
    if (valueIn(await management.changeUser(userId, change), () => undefined) === undefined) return false;
  }
  if (ids.length > 0) await giveRoles(deps, userId, ids);
  return true;
}

// A name that is no role any more was one when the invitation was made: somebody has to say what becomes of it.
function idsOf({ roles }: Auth0ConnectorDeps, names: readonly string[]): string[] {
  return names.map((name) => {
    const id = Object.hasOwn(roles, name) ? roles[name] : undefined;
    if (id !== undefined) return id;
    throw new RejectedError('invalid-value', 'a role that the configuration does not name');
  });
}

/** Those that are ours to take away again; undefined where the user is gone. */
async function givenBy(
  { management }: Auth0ConnectorDeps,
  userId: string,
  ids: readonly string[],
  before: Grant | undefined,
): Promise<readonly string[] | undefined> {
  const ours = before?.note.roles ?? [];
  if (ids.every((id) => ours.includes(id))) return ids;
  const held = valueIn(await management.rolesOf(userId), () => undefined);
  return held && ids.filter((id) => ours.includes(id) || !held.some((role) => role.id === id));
}

// The data are there already: the next attempt finds them, and goes on with the roles.
async function giveRoles({ management }: Auth0ConnectorDeps, userId: string, ids: string[]): Promise<void> {
  try {
    valueIn(await management.giveRoles(userId, ids));
  } catch (error) {
    if (!(error instanceof RetryableError)) throw error;
    throw new OutcomeUnknownError(error.code, error.retryAfterMs);
  }
}

/** Roles first: without the note nobody would know any more which of them were ours. */
async function remove(
  { management }: Auth0ConnectorDeps,
  { accountId, snapshot }: Account,
): Promise<'removed' | 'gone'> {
  const { roles } = (snapshot as Grant).note;
  const held =
    roles.length === 0 ? [] : valueIn(await management.rolesOf(accountId), (): undefined => undefined);
  if (held === undefined) return 'gone';
  // One that the tenant does not have any more would keep all others from being taken.
  const ours = held.map(({ id }) => id).filter((id) => roles.includes(id));
  if (ours.length > 0) valueIn(await management.takeRoles(accountId, ours));
  const cleared = await management.changeUser(accountId, { app_metadata: NO_METADATA });
  return valueIn(cleared, () => undefined) === undefined ? 'gone' : 'removed';
}
