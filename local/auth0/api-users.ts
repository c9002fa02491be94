import { randomBytes } from 'node:crypto';
import type { EventStream } from './event-stream';
import { ApiError } from './management-api/api-error';
import type { NewUser, UserChanges } from './management-api/user-bodies';
import type { ApiUsers } from './management-api/user-routes';
import { passwordFault } from './password-policy';
import { TICKET_PATH } from './password-tickets';
import type { People } from './people';
import { withChanges } from './post-login/effects';
import type { TenantConnection } from './tenant/tenant-parts';
import type { Profile, TenantUsers } from './tenant-users';

export interface ApiUsersOptions {
  readonly people: Pick<People, 'users' | 'roles' | 'passwords' | 'tickets' | 'change' | 'loginsOf'>;
  readonly stream: Pick<EventStream, 'tell'>;
  readonly connections: () => readonly TenantConnection[];
  /** Where the pages of the tenant are. */
  readonly tenantUrl: string;
  /** Hears of everybody who is there from now on. */
  readonly onSignUp: (userId: string) => void;
}

const MOST_ROLES = 50;

/** The users of a run, as the Management API shows and changes them. Whatever it does, the event stream tells. */
export function createApiUsers(options: ApiUsersOptions): ApiUsers {
  const { people, stream, tenantUrl } = options;
  const { users, roles, tickets } = people;
  return {
    find: (userId) => withLogins(options, users.find(userId)),
    withEmail: (email) =>
      users.list().flatMap((user) => (user.email === email ? (withLogins(options, user) ?? []) : [])),
    create: (user) => create(options, user),
    change: (userId, changes) => people.change(userId, changedBy(users.find(userId), changes)).object,
    remove: (userId) => {
      if (users.find(userId) !== undefined) stream.tell([users.remove(userId)]);
    },
    roles: () => roles.list(),
    rolesOf: (userId) => roles.of(userId),
    giveRoles(userId, ids) {
      const known = new Set(roles.list().map(({ id }) => id));
      // Which refusal it is, Auth0 does not document; that one unknown role refuses all, it does.
      if (!ids.every((id) => known.has(id))) throw new ApiError(404, 'Role not found', 'inexistent_role');
      if (new Set([...roles.of(userId).map(({ id }) => id), ...ids]).size > MOST_ROLES)
        throw new ApiError(400, `A user takes ${MOST_ROLES} roles.`, 'invalid_body');
      roles.give(userId, ids);
    },
    takeRoles: (userId, ids) => roles.take(userId, ids),
    ticket: ({ user_id, ttl_sec, mark_email_as_verified, result_url, client_id }) => {
      const ticket = { userId: user_id, resultUrl: result_url, clientId: client_id, ttlSeconds: ttl_sec };
      const secret = tickets.make({ ...ticket, marksVerified: mark_email_as_verified });
      return `${tenantUrl}${TICKET_PATH}?ticket=${secret}#`;
    },
  };
}

/** Of who never logged in, Auth0 shows no count. */
function withLogins({ people }: ApiUsersOptions, user: Profile | undefined): object | undefined {
  const logins = people.loginsOf(user?.user_id ?? '');
  return user === undefined || logins === 0 ? user : { ...user, logins_count: logins };
}

async function create(options: ApiUsersOptions, { connection: name, ...asked }: NewUser): Promise<object> {
  const { people, stream, onSignUp } = options;
  const connection = options.connections().find((one) => one.name === name);
  if (connection === undefined)
    throw new ApiError(400, 'The connection does not exist.', 'inexistent_connection');
  if (connection.strategy !== 'auth0')
    throw new ApiError(400, 'The connection takes no users from here.', 'operation_not_supported');
  const { password, verify_email: _mail, user_id: ownId, ...profile } = asked;
  // A database knows addresses in small letters.
  const email = asked.email.toLowerCase();
  const user_id = `auth0|${ownId ?? randomBytes(12).toString('hex')}`;
  if (people.passwords.ownerOf(email) !== undefined || people.users.find(user_id) !== undefined)
    throw new ApiError(409, 'The user already exists.', 'auth0_idp_error');
  if (passwordFault(password, email) !== undefined)
    throw new ApiError(400, 'PasswordStrengthError: Password is too weak');
  const [nickname = email] = email.split('@');
  const user = { email_verified: false, name: email, nickname, ...withoutNull(profile), user_id, email };
  const change = people.users.signUp({ connection: { ...connection }, user });
  onSignUp(user_id);
  stream.tell([change]);
  await people.passwords.set(user_id, password);
  return change.object;
}

function withoutNull({ app_metadata: app, user_metadata: own, ...profile }: UserChanges): UserChanges {
  return {
    ...profile,
    ...(app && { app_metadata: withChanges({}, app) }),
    ...(own && { user_metadata: withChanges({}, own) }),
  };
}

/** Metadata are merged at their first level, where null removes; another address is one that nobody proved. */
function changedBy(user: ReturnType<TenantUsers['find']>, changes: UserChanges): UserChanges {
  const { app_metadata: app, user_metadata: own, verify_email: _mail, ...root } = changes;
  const isOther = root.email !== undefined && root.email !== user?.email;
  return {
    ...(isOther && { email_verified: false }),
    ...root,
    ...(app && { app_metadata: withChanges(user?.app_metadata, app) }),
    ...(own && { user_metadata: withChanges(user?.user_metadata, own) }),
  };
}
