import type { UserEvent } from '../../events/event-schema';
import type { EventType } from '../../events/event-types';
import { anEvent } from '../helpers/events';

/** A user in Auth0, as it is now. */
export interface Profile {
  readonly user: number;
  readonly userId: string;
  readonly generation: string;
  readonly updatedAt: string;
  readonly email: string;
  /** True when the address is known to be theirs. */
  readonly verified: boolean;
  /** What accounts show of it; null while there is nothing. */
  readonly title: string | null;
  /** Of what accounts show when they are made, and of what the system has the say over afterwards. */
  readonly nick: string;
  /** What an invitation brought; null while there is nothing. */
  readonly funnel: string | null;
  /** Whether the system's scope has the user. */
  readonly isInside: boolean;
  /** Every connection that the user has, the one that they came by last at the end. */
  readonly connections: readonly string[];
  readonly blocked: boolean;
  readonly alive: boolean;
  /** True once this life of the user is to be erased. */
  readonly erased: boolean;
  /** The user that this one became part of. */
  readonly mergedInto?: string;
}

export interface Auth0Deps {
  /** The next moment, because no two versions of a profile have the same. */
  readonly nextSecond: () => string;
  readonly newId: () => number;
  readonly tell: (event: UserEvent) => void;
}

export const userIdOf = (user: number) => `auth0|${user}`;

/** The users of a tenant, which tells of all that happens to them. */
export class Auth0 {
  readonly profiles = new Map<string, Profile>();
  /** When a life of a user was deleted, by `<user id>/<generation>`. */
  readonly deletions = new Map<string, number>();
  /** What was told of a life. */
  readonly told = new Map<string, Set<EventType>>();
  /** When a life of a user first left the scope. */
  readonly departures = new Map<string, number>();
  /** By which connections a life was told of. */
  readonly ways = new Map<string, Set<string>>();

  constructor(private readonly deps: Auth0Deps) {}

  register(user: number, by = this.profile(user)?.connections.at(-1) ?? DATABASE): void {
    if (this.profile(user)?.alive) this.come(user, by);
    else this.signUp(user, { connections: [by] });
  }

  // By a connection that is linked from then on.
  private come(user: number, by: string): void {
    const profile = this.profile(user);
    if (profile === undefined) return;
    const connections = [...profile.connections.filter((name) => name !== by), by];
    this.profiles.set(profile.userId, { ...profile, connections });
    this.emit(user, 'user.logged-in');
  }

  /** Comes with the address of an account that nobody has, as its owner or as a stranger. */
  arrive(user: number, verified: boolean): void {
    if (this.profile(user)?.alive) this.claim(user, verified);
    else this.signUp(user, { email: UNCLAIMED_ADDRESS, verified });
  }

  private signUp(user: number, given: Partial<Profile> = {}): void {
    const at = this.deps.nextSecond();
    const times = { generation: at, updatedAt: at };
    const newId = this.deps.newId();
    const shown = { email: addressOf(user), title: null, nick: `nick-${newId}`, funnel: null };
    const connections = [DATABASE];
    const state = {
      ...shown,
      isInside: true,
      connections,
      verified: false,
      blocked: false,
      alive: true,
      erased: false,
    };
    const { email = state.email } = given;
    this.profiles.set(userIdOf(user), { user, userId: userIdOf(user), ...times, ...state, ...given });
    this.emit(user, 'user.registered');
    // The stream knows what the registration may not have known.
    if (!isKnownWhole({ email })) this.emit(user, 'user.created');
  }

  update(user: number): void {
    this.touch(user, { email: this.newEmail(user), verified: false }, 'user.updated');
  }

  /** What was true once is true again. */
  revert(user: number): void {
    this.touch(user, { email: addressOf(user), verified: false }, 'user.updated');
  }

  /** Chooses an address that is somebody else's in the system. */
  take(user: number): void {
    this.touch(user, { email: FOREIGN_ADDRESS, verified: true }, 'user.updated');
  }

  private claim(user: number, verified: boolean): void {
    this.touch(user, { email: UNCLAIMED_ADDRESS, verified }, 'user.updated');
  }

  /** Gets a title, or loses it. */
  title(user: number, has: boolean): void {
    this.touch(user, { title: has ? `title-${this.deps.newId()}` : null }, 'user.updated');
  }

  /** Changes what the system has the say over. */
  rename(user: number): void {
    this.touch(user, { nick: `nick-${this.deps.newId()}` }, 'user.updated');
  }

  move(user: number, isInside: boolean): void {
    if (this.profile(user)?.isInside === isInside) return;
    this.touch(user, { isInside }, 'user.updated');
  }

  block(user: number, blocked: boolean): void {
    if (this.profile(user)?.blocked === blocked) return;
    this.touch(user, { blocked }, blocked ? 'user.blocked' : 'user.unblocked');
  }

  erase(user: number): void {
    this.touch(user, { alive: false }, 'user.deleted');
  }

  /** An operator asks for it: Auth0 keeps the profile, and goes on telling of it. */
  requestErasure(user: number): void {
    const profile = this.profile(user);
    if (profile === undefined) return;
    this.profiles.set(profile.userId, { ...profile, erased: true });
    this.emit(user, 'user.erase-requested');
  }

  login(user: number): void {
    if (this.profile(user)?.alive && !this.profile(user)?.blocked) this.touch(user, {}, 'user.logged-in');
  }

  /** Comes by another connection, as a new user or as one to whom it is linked. */
  comeBy(user: number, by: string): void {
    if (!this.profile(user)?.blocked) this.register(user, by);
  }

  /** Accepts an invitation, of which the profile says a moment later what it brought. */
  accept(user: number): void {
    if (this.profile(user)?.blocked) return;
    const funnel = `funnel-${this.deps.newId()}`;
    this.touch(user, {}, 'invitation.accepted', { funnel });
    this.touch(user, {}, 'user.updated');
    this.touch(user, { funnel }, 'user.updated');
  }

  /** Somebody asks for an account, without knowing the whole profile. */
  request(user: number): void {
    if (this.profile(user)?.alive) this.emit(user, 'user.provision-requested');
  }

  /** Tells once more how it is. */
  repeat(): void {
    for (const { user } of [...this.profiles.values()]) this.touch(user, {}, 'user.updated');
  }

  /** Makes one user part of another. Which of the two events comes first is not said. */
  link(primary: number, secondary: number): void {
    if (primary === secondary || !this.profile(primary)?.alive || !this.profile(secondary)?.alive) return;
    this.touch(secondary, { alive: false, mergedInto: userIdOf(primary) }, 'user.deleted');
    const added = this.profile(secondary)?.connections ?? [];
    const connections = [...new Set([...added, ...(this.profile(primary)?.connections ?? [])])];
    this.touch(primary, { connections }, 'user.updated');
  }

  private touch(user: number, fields: Partial<Profile>, type: EventType, brought: Brought = {}): void {
    const profile = this.profile(user);
    if (!profile?.alive) return;
    const updatedAt = this.deps.nextSecond();
    this.profiles.set(profile.userId, { ...profile, ...fields, updatedAt });
    const life = `${profile.userId}/${profile.generation}`;
    if (fields.isInside === false && !this.departures.has(life))
      this.departures.set(life, Date.parse(updatedAt));
    if (type === 'user.deleted')
      this.deletions.set(`${profile.userId}/${profile.generation}`, Date.parse(updatedAt));
    this.emit(user, type, brought);
  }

  private profile = (user: number) => this.profiles.get(userIdOf(user));
  private newEmail = (user: number) => `user-${user}-${this.deps.newId()}@example.com`;

  private emit(user: number, type: EventType, brought: Brought = {}): void {
    const profile = this.profile(user);
    if (profile === undefined) return;
    const { userId: user_id, generation: created_at, updatedAt: updated_at, email, blocked } = profile;
    const parts = [...this.profiles.values()].filter(({ mergedInto }) => mergedInto === user_id);
    const identities = [user_id, ...parts.map(({ userId }) => userId)];
    const shown = type === 'user.updated' ? { blocked, identities } : {};
    const life = `${user_id}/${created_at}`;
    this.told.set(life, (this.told.get(life) ?? new Set()).add(type));
    const { connections } = profile;
    for (const name of connections) this.ways.set(life, (this.ways.get(life) ?? new Set()).add(name));
    const newId = this.deps.newId();
    const said = { ...shown, ...saidOf(profile, type), ...brought };
    const fields = { user_id, created_at, updated_at, email, email_verified: profile.verified, ...said };
    const event = { id: `e${newId}`, type, user: fields };
    // A login says which one it was, the event stream which ones there are, and who asks for an account neither.
    const name = connections.at(-1) ?? DATABASE;
    const isLogin = LOGINS.has(type);
    const isStream = !isLogin && type !== 'user.provision-requested' && type !== 'user.erase-requested';
    const of = isLogin ? { connection: { name, strategy: 'auth0' } } : isStream ? { connections } : {};
    this.deps.tell(anEvent({ ...event, ...of }));
  }
}

/** A registration may know neither the plan nor that there is no title; the stream, which tells of it too, knows both. */
function saidOf(profile: Profile, type: EventType) {
  const { title, nick, funnel, isInside } = profile;
  if (type === 'user.registered' && !isKnownWhole(profile)) return { nick };
  return { title, nick, funnel, plan: isInside ? 'in' : 'out' };
}

/** Only a registration proves whose an address is, so that one with such an address knows all of it. */
const isKnownWhole = ({ email }: Pick<Profile, 'email'>) => email !== addressOf(1);

export const FOREIGN_ADDRESS = 'somebody-else@example.com';
export const UNCLAIMED_ADDRESS = 'from-before@example.com';

/** Those that say by which connection somebody came. */
const LOGINS: ReadonlySet<EventType> = new Set(['user.registered', 'user.logged-in', 'invitation.accepted']);

type Brought = Partial<Pick<Profile, 'funnel'>>;

const DATABASE = 'db';
/** A connection that does not always bring accounts. */
export const PARTNERS = 'partners';

const addressOf = (user: number) => `user-${user}@example.com`;
