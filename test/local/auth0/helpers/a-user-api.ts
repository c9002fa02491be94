import { createApiUsers } from '../../../../local/auth0/api-users';
import { FUNCTION_SCOPES } from '../../../../local/auth0/management-api/start-management-api';
import { PasswordTickets } from '../../../../local/auth0/password-tickets';
import { Passwords } from '../../../../local/auth0/passwords';
import { connectionsOf } from '../../../../local/auth0/tenant/connections-of';
import { TenantRoles } from '../../../../local/auth0/tenant-roles';
import { TenantUsers, type UserChange } from '../../../../local/auth0/tenant-users';
import { AManagementApi } from './a-management-api';

/** The stand-in of the Management API, as functions come to it, with the users of a tenant behind it. */
export async function aUserApi(known: Readonly<Record<string, string>>) {
  const api = await new AManagementApi().start();
  api.scopes = FUNCTION_SCOPES;
  const now = () => api.now;
  const told: UserChange[] = [];
  const logins = new Map<string, number>();
  const tell = (changes: readonly UserChange[]) => void told.push(...changes);
  const users = new TenantUsers(now);
  const passwords = new Passwords(users);
  const tickets = new PasswordTickets(now);
  const roles = new TenantRoles(users);
  for (const [name, id] of Object.entries(known)) roles.add({ id, name });
  const change = (userId: string, changes: object) => {
    const made = users.change(userId, { ...changes });
    tell([made]);
    return made;
  };
  api.tenant.users = createApiUsers({
    people: { users, passwords, tickets, roles, change, loginsOf: (userId) => logins.get(userId) ?? 0 },
    stream: { tell },
    ...{ connections: connectionsOf, tenantUrl: 'http://127.0.0.1:9', onSignUp: () => undefined },
  });
  return { api, told, users, passwords, tickets, roles, logins };
}
