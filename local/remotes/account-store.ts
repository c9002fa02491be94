import { randomUUID } from 'node:crypto';

/** A SCIM user as a client sends it. */
export interface AccountFields {
  readonly userName: string;
  readonly externalId?: string | undefined;
  readonly [attribute: string]: unknown;
}

/** A SCIM user as the remote system keeps it. */
export interface Account extends AccountFields {
  readonly id: string;
}

/** A user name that another account has; SCIM names are compared without case. */
export class UserNameTakenError extends Error {}

/**
 * Accounts of one system. User names are unique, `externalId` is not: a second account of a user must be seen,
 * not prevented. The two look-ups that provisioning needs take the same time at any size.
 */
export class AccountStore {
  private readonly accounts = new Map<string, Account>();
  private readonly byUserName = new Map<string, string>();
  private readonly byExternalId = new Map<string, Set<string>>();

  put(fields: AccountFields, id: string = randomUUID()): Account {
    const owner = this.byUserName.get(fields.userName.toLowerCase());
    if (owner !== undefined && owner !== id) throw new UserNameTakenError('userName is taken');
    const created = this.accounts.get(id)?.meta ?? { created: new Date() };
    const account: Account = { ...fields, id, meta: { ...(created as object), lastModified: new Date() } };
    this.remove(id);
    this.accounts.set(id, account);
    this.byUserName.set(account.userName.toLowerCase(), id);
    if (account.externalId !== undefined) this.idsOf(account.externalId).add(id);
    return account;
  }

  remove(id: string): boolean {
    const account = this.accounts.get(id);
    if (!account) return false;
    this.byUserName.delete(account.userName.toLowerCase());
    if (account.externalId !== undefined) this.idsOf(account.externalId).delete(id);
    return this.accounts.delete(id);
  }

  get(id: string): Account | undefined {
    return this.accounts.get(id);
  }

  /** Real milliseconds since the account was made; endless for one that is not there. */
  ageMs(id: string): number {
    const meta = this.accounts.get(id)?.meta as { created: Date } | undefined;
    return meta === undefined ? Number.POSITIVE_INFINITY : Date.now() - meta.created.getTime();
  }

  all(): Account[] {
    return [...this.accounts.values()];
  }

  withUserName(userName: string): Account[] {
    return this.pick([this.byUserName.get(userName.toLowerCase()) ?? '']);
  }

  withExternalId(externalId: string): Account[] {
    return this.pick([...(this.byExternalId.get(externalId) ?? [])]);
  }

  /** Accounts, and how many of them are beyond one per `externalId`. */
  count(): { accounts: number; duplicates: number } {
    const extra = [...this.byExternalId.values()].map((ids) => Math.max(0, ids.size - 1));
    return { accounts: this.accounts.size, duplicates: extra.reduce((sum, more) => sum + more, 0) };
  }

  private pick(ids: readonly string[]): Account[] {
    return ids.flatMap((id) => this.accounts.get(id) ?? []);
  }

  private idsOf(externalId: string): Set<string> {
    const ids = this.byExternalId.get(externalId) ?? new Set<string>();
    this.byExternalId.set(externalId, ids);
    return ids;
  }
}
