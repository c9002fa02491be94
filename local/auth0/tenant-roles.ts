import type { Profile, TenantUsers } from './tenant-users';

/** A role of the tenant. Programs go by its id, Actions and people by its name. */
export interface Role {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
}

/** Roles of a tenant, and who has them. */
export class TenantRoles {
  private readonly roles = new Map<string, Role>();
  /** Ids by {@link lifeOf}: whoever is made again under the same id begins without any. */
  private readonly given = new Map<string, ReadonlySet<string>>();

  constructor(private readonly users: Pick<TenantUsers, 'find'>) {}

  add(role: Role): void {
    this.roles.set(role.id, role);
  }

  list(): Role[] {
    return [...this.roles.values()];
  }

  /** Those of a user; none of somebody who is not there. */
  of(userId: string): Role[] {
    return [...this.idsOf(userId)].flatMap((id) => this.roles.get(id) ?? []);
  }

  /** Does nothing for somebody who is not there, and for a role that the tenant does not have. */
  give(userId: string, ids: readonly string[]): void {
    const known = ids.filter((id) => this.roles.has(id));
    this.keep(userId, new Set([...this.idsOf(userId), ...known]));
  }

  take(userId: string, ids: readonly string[]): void {
    this.keep(userId, new Set([...this.idsOf(userId)].filter((id) => !ids.includes(id))));
  }

  private idsOf(userId: string): ReadonlySet<string> {
    const user = this.users.find(userId);
    return (user && this.given.get(lifeOf(user))) ?? new Set();
  }

  private keep(userId: string, ids: ReadonlySet<string>): void {
    const user = this.users.find(userId);
    if (user !== undefined) this.given.set(lifeOf(user), ids);
  }
}

/** Another one for somebody who was deleted and comes back under the same id. */
export function lifeOf({ user_id, created_at }: Pick<Profile, 'user_id' | 'created_at'>): string {
  return `${created_at} ${user_id}`;
}
