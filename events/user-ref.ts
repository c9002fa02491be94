import { createHmac } from 'node:crypto';

/**
 * The name under which tables, logs and metrics know a user: base64url(HMAC-SHA256(pepper, tenant, user_id)).
 * Without the pepper it leads back to nobody, so it may appear where a `user_id` may not.
 */
export function userRefOf(pepper: string, tenant: string, userId: string): string {
  // The length in front keeps (a, bc) and (ab, c) apart.
  return createHmac('sha256', pepper).update(`${tenant.length}:${tenant}:${userId}`).digest('base64url');
}

/**
 * The name under which a certificate of erasure knows an account. Whoever has the pepper and the account's id can check
 * it; without the pepper it cannot even be guessed, though an id may be as short as a number or be an address.
 */
export function accountRefOf(pepper: string, system: string, accountId: string): string {
  return createHmac('sha256', pepper)
    .update(`account ${system.length}:${system}:${accountId}`)
    .digest('base64url');
}

/** The id under which the account is known in a system as ours. Stable, and unique across tenants and environments. */
export function externalIdOf(tenant: string, environment: string, userId: string): string {
  return `${tenant}/${environment}/${userId}`;
}
