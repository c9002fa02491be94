import { UsersClient } from 'auth0/users';
import type { Asking } from './auth0-streams';
import type { Tenant, TenantUser } from './tenant';

export type UserCalls = Pick<Tenant, 'user' | 'removeUser'>;

/** Users of the tenant behind Auth0's own SDK. */
export function createAuth0Users(
  options: ConstructorParameters<typeof UsersClient>[0],
  asking: Asking,
): UserCalls {
  const client = new UsersClient(options);
  return {
    user: async (id) =>
      (await asking('read a user', client.get(id).catch(noneWhereNotThere))) as TenantUser | undefined,
    removeUser: async (id) => void (await asking('delete a user', client.delete(id))),
  };
}

function noneWhereNotThere(error: unknown): undefined {
  if ((error as { statusCode?: number } | undefined)?.statusCode === 404) return undefined;
  throw error;
}
