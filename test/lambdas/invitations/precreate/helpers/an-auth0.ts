import type { Answered, Failed } from '../../../../../lambdas/auth0/management-answer';
import type { ManagementApi, Profile } from '../../../../../lambdas/auth0/management-api';

type Name = 'user' | 'changeUser' | 'usersByEmail' | 'createUser' | 'deleteUser' | 'passwordTicket';
/** `late`: nobody is answered, and it takes effect when the test says so. */
type Fault = Failed | 'answer-lost' | 'late';

export const CREATED_AT = '2026-11-22T10:00:00.000Z';

/** A user of the database connection, from what matters to a test. */
export function aProfile(given: Profile = {}): Profile {
  const id = String(given.user_id ?? 'auth0|ada');
  const [provider = ''] = id.split('|');
  const connection = provider === 'auth0' ? 'Username-Password-Authentication' : provider;
  return {
    ...{ user_id: id, email: 'ada@example.com', email_verified: true },
    ...{ created_at: CREATED_AT, updated_at: CREATED_AT, logins_count: 3 },
    identities: [{ provider, connection, user_id: id.split('|')[1] }],
    ...given,
  };
}

/** Users of a tenant behind its Management API, which fails as a test says. */
export class AnAuth0 {
  readonly users = new Map<string, Profile>();
  readonly calls: string[] = [];
  readonly tickets: object[] = [];
  /** What the next calls of a name come to. */
  readonly faults: { readonly name: Name; readonly fault: Fault }[] = [];
  /** What is yet to take effect. */
  readonly late: (() => unknown)[] = [];
  private made = 0;

  constructor(...profiles: readonly Profile[]) {
    for (const profile of profiles) this.users.set(String(profile.user_id), profile);
  }

  readonly api = {
    user: (id: string) => this.answer('user', () => this.users.get(id)),
    usersByEmail: (email: string) =>
      this.answer('usersByEmail', () => [...this.users.values()].filter((user) => user.email === email)),
    createUser: (body: Profile) =>
      this.answer('createUser', (): Profile | Failed => {
        const isTaken = (user: Profile) =>
          user.email === body.email && String(user.user_id).startsWith('auth0|');
        if ([...this.users.values()].some(isTaken)) return { outcome: 'exists' };
        const { password: _password, connection: _connection, verify_email: _mail, ...profile } = body;
        this.made += 1;
        const user = aProfile({ user_id: `auth0|made-${this.made}`, logins_count: undefined, ...profile });
        this.users.set(String(user.user_id), user);
        return user;
      }),
    changeUser: (id: string, { app_metadata = {} }: Profile) =>
      this.answer('changeUser', () => {
        const user = this.users.get(id);
        const metadata = { ...(user?.app_metadata as object), ...(app_metadata as object) };
        if (user !== undefined) this.users.set(id, { ...user, app_metadata: metadata });
        return user;
      }),
    deleteUser: (id: string) =>
      this.answer('deleteUser', () => {
        this.users.delete(id);
        return null;
      }),
    passwordTicket: (ticket: object) =>
      this.answer('passwordTicket', () => {
        this.tickets.push(ticket);
        return `https://acme.eu.auth0.com/u/reset-verify?ticket=${this.tickets.length}`;
      }),
  } satisfies Partial<ManagementApi>;

  private async answer<T>(name: Name, act: () => T | Failed | undefined): Promise<Answered<T>> {
    this.calls.push(name);
    const at = this.faults.findIndex((one) => one.name === name);
    const [{ fault } = { fault: undefined }] = at < 0 ? [] : this.faults.splice(at, 1);
    if (typeof fault === 'object') return fault;
    if (fault === 'late') this.late.push(act);
    const value = fault === 'late' ? undefined : act();
    if (fault !== undefined) return { outcome: 'unavailable', why: 'timeout' };
    if (value === undefined) return { outcome: 'missing' };
    return isFailed(value) ? value : { outcome: 'ok', value };
  }
}

const isFailed = (value: unknown): value is Failed =>
  typeof value === 'object' && value !== null && 'outcome' in value;
