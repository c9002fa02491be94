import type { EventStream } from './event-stream';
import { PasswordTickets } from './password-tickets';
import { Passwords } from './passwords';
import type { Login, WayIn } from './post-login/login';
import { PostLogin } from './post-login/post-login';
import { registrationEvent } from './registration-event';
import type { SampleUser } from './sample-user';
import { seenLogin, seenRequest } from './seen-login';
import { TenantRoles } from './tenant-roles';
import type { ProfileChanges, TenantUsers, UserChange } from './tenant-users';
import { codeOf, RUN_LIMIT_MS, type Trigger } from './trigger';

/** How the Actions told of somebody. */
export interface Telling {
  readonly userId: string;
  readonly emitted: boolean;
  /** What the last one said of it, such as `emitted` or `unreachable`; `nothing` where it had nothing to say. */
  readonly code: string;
}

/** What becomes of people at a tenant, whether they come by its pages or by the control API. */
export interface People {
  readonly users: TenantUsers;
  readonly roles: TenantRoles;
  readonly passwords: Passwords;
  readonly tickets: PasswordTickets;
  /** Changes a user, and tells of it. */
  change(userId: string, changes: ProfileChanges): UserChange;
  /** Makes the user, tells of it, and runs the Actions of a sign-up where Auth0 has them for the connection. */
  signUp(user: SampleUser): Promise<Telling | undefined>;
  /** The Actions of a login, which has to be counted by itself. */
  postLogin(login: Login): PostLogin;
  /** A person showed who they are. Sessions and programs are not counted. */
  countLogin(userId: string): void;
  loginsOf(userId: string): number;
  /** A user signs up and is told of, by the sign-up or by the first login. */
  register(user: SampleUser): Promise<Telling>;
  /** The Actions of a login without a browser to send anywhere: what they ask of it does not happen. */
  logIn(userId: string, way: WayIn): Promise<Telling>;
  enroll(userId: string, factor: string): void;
}

export interface PeopleOptions {
  readonly users: TenantUsers;
  readonly stream: Pick<EventStream, 'tell'>;
  readonly registration: Trigger;
  readonly login: Trigger;
  readonly domain: string;
  /** Epoch ms. */
  readonly now: () => number;
  /** Hears of everybody who is there from now on. */
  readonly onSignUp: (userId: string) => void;
}

/** Strategies for which Auth0 runs Actions after the sign-up. By any other, a person first shows at their login. */
const TOLD_OF_SIGN_UPS: ReadonlySet<string> = new Set(['auth0', 'email', 'sms']);

export function createPeople(options: PeopleOptions): People {
  const { users, stream, now, domain, login: trigger } = options;
  const logins = new Map<string, number>();
  const factors = new Map<string, string[]>();
  const roles = new TenantRoles(users);
  const loginsOf = (userId: string) => logins.get(userId) ?? 0;
  const deps = {
    ...{ trigger, users, domain, now, loginsOf },
    onChange: (change: UserChange) => stream.tell([change]),
    rolesOf: (userId: string) => roles.of(userId).map(({ name }) => name),
    factorsOf: (userId: string) => factors.get(userId) ?? [],
  };
  const people: People = {
    ...{ users, roles, passwords: new Passwords(users), tickets: new PasswordTickets(now) },
    change(userId, changes) {
      const change = users.change(userId, changes);
      stream.tell([change]);
      return change;
    },
    async signUp(user) {
      const change = users.signUp(user);
      const { user_id, created_at, updated_at } = change.object;
      options.onSignUp(user_id);
      if (!TOLD_OF_SIGN_UPS.has(user.connection.strategy)) {
        stream.tell([change]);
        return undefined;
      }
      const telling = await runRegistration(options, {
        ...user,
        user: { created_at, updated_at, ...user.user },
      });
      stream.tell([change]);
      return telling;
    },
    postLogin: (login) => new PostLogin(deps, login),
    loginsOf,
    countLogin: (userId) => void logins.set(userId, (logins.get(userId) ?? 0) + 1),
    async register(user) {
      const told = await people.signUp(user);
      return told ?? people.logIn(user.user.user_id, 'browser');
    },
    async logIn(userId, way) {
      const { connection } = users.asSampleUser(userId);
      if (way === 'browser') people.countLogin(userId);
      const login = people.postLogin(seenLogin(userId, connection, way, now()));
      const { kind } = await login.start(seenRequest(way), 'local');
      return tellingOf(userId, login.lines, kind === 'failed');
    },
    enroll: (userId, factor) => void factors.set(userId, [...(factors.get(userId) ?? []), factor]),
  };
  return people;
}

async function runRegistration(options: PeopleOptions, user: SampleUser): Promise<Telling> {
  const { registration: trigger, domain, now } = options;
  const until = performance.now() + RUN_LIMIT_MS;
  const id = domain.split('.')[0] ?? '';
  const lines: string[] = [];
  let threw = false;
  for (const action of trigger.actions()) {
    const event = registrationEvent(user, { id, secrets: action.secrets }, now());
    const given = { event, api: { cache: trigger.cache }, leftMs: until - performance.now() };
    const call = await trigger.call(action, 'onExecutePostUserRegistration', given);
    lines.push(...call.lines);
    threw ||= call.failure !== undefined;
  }
  return tellingOf(user.user.user_id, lines, threw);
}

function tellingOf(userId: string, lines: readonly string[], threw: boolean): Telling {
  const code = codeOf(lines, threw);
  return { userId, emitted: code === 'emitted', code };
}
