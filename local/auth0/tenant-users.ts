import { LocalError } from '../local-error';
import type { SampleUser } from './sample-user';

/** A profile as a tenant shows it. */
export interface Profile {
  readonly user_id: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly identities: readonly Identity[];
  readonly [attribute: string]: unknown;
}

export interface Identity {
  readonly connection: string;
  readonly provider: string;
  /** What stands behind the first bar of a `user_id`. */
  readonly user_id: string;
  readonly isSocial: boolean;
}

/** What a tenant tells of a user, and what was before. */
export interface UserChange {
  readonly type: 'user.created' | 'user.updated' | 'user.deleted';
  readonly object: Profile;
  readonly previous?: Profile;
  /** Epoch ms. */
  readonly at: number;
}

/** Attributes that anybody with the Management API may set. */
export type ProfileChanges = Readonly<Record<string, unknown>>;

const PROVIDERS_THAT_ARE_NOT_SOCIAL: ReadonlySet<string> = new Set([
  'auth0',
  'email',
  'sms',
  'samlp',
  'waad',
]);

/** The users who signed up in a run. */
export class TenantUsers {
  private readonly users = new Map<string, Profile>();
  private lastAt = 0;

  constructor(private readonly now: () => number) {}

  signUp({ connection, user }: SampleUser): UserChange {
    const at = this.tick();
    const time = new Date(at).toISOString();
    const { user_id } = user;
    const identities = [identityOf(user_id, connection)];
    const object = { created_at: time, updated_at: time, ...user, user_id, identities };
    this.users.set(user_id, object);
    return { type: 'user.created', object, at };
  }

  list(): Profile[] {
    return [...this.users.values()];
  }

  find(userId: string): Profile | undefined {
    return this.users.get(userId);
  }

  /** The user as one who comes in by the connection that they signed up with. Fails with `not-found`. */
  asSampleUser(userId: string): SampleUser {
    const { identities, ...user } = this.user(userId);
    const { connection, provider } = identities[0] as Identity;
    return { connection: { id: `con_${connection}`, name: connection, strategy: provider }, user };
  }

  change(userId: string, changes: ProfileChanges): UserChange {
    return this.replace(this.user(userId), changes);
  }

  remove(userId: string): UserChange {
    const user = this.user(userId);
    const at = this.tick();
    this.users.delete(userId);
    return { type: 'user.deleted', object: { ...user, deleted_at: new Date(at).toISOString() }, at };
  }

  /** The other user becomes an identity of this one, and is no user any more. */
  link(userId: string, otherId: string): UserChange[] {
    const [user, other] = [this.user(userId), this.user(otherId)];
    if (userId === otherId) throw new LocalError('bad-request', 'A user cannot be linked to itself');
    const identities = [...user.identities, ...other.identities];
    return [this.replace(user, { identities }), this.remove(otherId)];
  }

  private replace(user: Profile, changes: ProfileChanges): UserChange {
    const at = this.tick();
    const object = { ...user, ...changes, user_id: user.user_id, updated_at: new Date(at).toISOString() };
    this.users.set(user.user_id, object);
    return { type: 'user.updated', object, previous: user, at };
  }

  private user(userId: string): Profile {
    const user = this.users.get(userId);
    if (user !== undefined) return user;
    throw new LocalError('not-found', `Nobody signed up as ${JSON.stringify(userId)} in this run`);
  }

  // No two changes of a tenant are of the same moment: what orders them is the profile's time.
  private tick(): number {
    this.lastAt = Math.max(Math.floor(this.now()), this.lastAt + 1);
    return this.lastAt;
  }
}

function identityOf(userId: string, { name, strategy }: SampleUser['connection']): Identity {
  return {
    connection: name,
    provider: strategy,
    user_id: userId.slice(userId.indexOf('|') + 1),
    isSocial: !PROVIDERS_THAT_ARE_NOT_SOCIAL.has(strategy),
  };
}
