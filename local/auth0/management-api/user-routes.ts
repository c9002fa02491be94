import type { Role } from '../tenant-roles';
import { ApiError } from './api-error';
import { readBody } from './request-bodies';
import type { Route } from './routes';
import {
  CHANGE_USER,
  CREATE_USER,
  type NewTicket,
  type NewUser,
  PASSWORD_TICKET,
  ROLE_IDS,
  type UserChanges,
} from './user-bodies';

/** Users of a tenant as far as its Management API shows and changes them. */
export interface ApiUsers {
  find(userId: string): object | undefined;
  /** Spelled like this. */
  withEmail(email: string): readonly object[];
  /** Throws {@link ApiError}. */
  create(user: NewUser): Promise<object>;
  /** Of one who is there. Throws {@link ApiError}. */
  change(userId: string, changes: UserChanges): object;
  /** Does nothing for somebody who is not there. */
  remove(userId: string): void;
  roles(): readonly Role[];
  rolesOf(userId: string): readonly Role[];
  /** Throws {@link ApiError} for what is no role. */
  giveRoles(userId: string, roleIds: readonly string[]): void;
  takeRoles(userId: string, roleIds: readonly string[]): void;
  /** Address of the page. */
  ticket(asked: NewTicket): string;
}

/** Of a tenant in which nobody signed up. */
export const NO_USERS: ApiUsers = {
  find: () => undefined,
  withEmail: () => [],
  create: nobody,
  change: nobody,
  remove: () => undefined,
  roles: () => [],
  rolesOf: () => [],
  giveRoles: nobody,
  takeRoles: nobody,
  ticket: nobody,
};

function nobody(): never {
  throw new ApiError(404, 'The user does not exist.', 'inexistent_user');
}

const USER = '/users/{id}';

/** @see https://auth0.com/docs/api/management/v2/users */
export const USER_ROUTES: readonly Route[] = [
  {
    route: 'POST /users',
    scope: 'create:users',
    status: 201,
    act: ({ users }, { body }) => users.create(readBody(CREATE_USER, body)),
  },
  {
    route: 'GET /users-by-email',
    scope: 'read:users',
    act: ({ users }, { query }) => {
      const email = query.get('email');
      if (email !== null) return users.withEmail(email);
      throw new ApiError(400, 'Query validation error: email is missing', 'invalid_query_string');
    },
  },
  {
    route: `GET ${USER}`,
    scope: 'read:users',
    act: ({ users }, { path }) => users.find(path.id ?? '') ?? nobody(),
  },
  {
    route: `PATCH ${USER}`,
    scope: 'update:users',
    act: ({ users }, { path, body }) => users.change(thereIn(users, path), readBody(CHANGE_USER, body)),
  },
  {
    route: `DELETE ${USER}`,
    scope: 'delete:users',
    status: 204,
    act: ({ users }, { path }) => {
      users.remove(path.id ?? '');
      return undefined;
    },
  },
  {
    route: `GET ${USER}/roles`,
    scope: ['read:users', 'read:roles'],
    act: ({ users }, { path }) => users.rolesOf(thereIn(users, path)),
  },
  {
    route: `POST ${USER}/roles`,
    scope: ['update:users', 'create:role_members'],
    status: 204,
    act: ({ users }, { path, body }) => {
      users.giveRoles(thereIn(users, path), readBody(ROLE_IDS, body).roles);
      return undefined;
    },
  },
  {
    route: `DELETE ${USER}/roles`,
    scope: ['update:users', 'delete:role_members'],
    status: 204,
    act: ({ users }, { path, body }) => {
      users.takeRoles(thereIn(users, path), readBody(ROLE_IDS, body).roles);
      return undefined;
    },
  },
  { route: 'GET /roles', scope: 'read:roles', act: ({ users }) => users.roles() },
  {
    route: 'POST /tickets/password-change',
    scope: 'create:user_tickets',
    status: 201,
    act: ({ users }, { body }) => {
      const asked = readBody(PASSWORD_TICKET, body);
      return { ticket: users.find(asked.user_id) === undefined ? nobody() : users.ticket(asked) };
    },
  },
];

function thereIn(users: ApiUsers, { id = '' }: Readonly<Record<string, string>>): string {
  return users.find(id) === undefined ? nobody() : id;
}
