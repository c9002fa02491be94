import { ApiError } from './api-error';
import type { Route } from './routes';

/** Users of a tenant as far as its Management API shows and removes them. */
export interface ApiUsers {
  find(userId: string): object | undefined;
  /** Does nothing for somebody who is not there. */
  remove(userId: string): void;
}

const USER = '/users/{id}';

/** @see https://auth0.com/docs/api/management/v2/users */
export const USER_ROUTES: readonly Route[] = [
  {
    route: `GET ${USER}`,
    scope: 'read:users',
    act: ({ users }, { path }) => {
      const found = users.find(path.id ?? '');
      if (found === undefined) throw new ApiError(404, 'The user does not exist.', 'inexistent_user');
      return found;
    },
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
];
