import { readValue } from '../../events/read-value';
import type { BearerToken } from '../auth/bearer-token';
import type { HttpAnswer, HttpClient, HttpRequest } from '../runtime/http';
import { HttpError } from '../runtime/http';
import { type Answered, answerOf, type Failed } from './management-answer';

/** A profile as Auth0 answers it; whoever reads it checks what is in it. */
export type Profile = Readonly<Record<string, unknown>>;

export interface Role {
  readonly id: string;
  readonly name: string;
}

/** Of `POST /api/v2/tickets/password-change`. */
export interface PasswordTicket {
  readonly user_id: string;
  readonly ttl_sec: number;
  readonly mark_email_as_verified: boolean;
  readonly result_url?: string;
  readonly client_id?: string;
}

/** What we ask and tell Auth0 of its users. It never throws, and never logs whom a call was about. */
export interface ManagementApi {
  /** Needs `read:users`. */
  user(userId: string): Promise<Answered<Profile>>;
  /** As the address is spelled: Auth0 tells letters apart by their case. Needs `read:users`. */
  usersByEmail(email: string): Promise<Answered<readonly Profile[]>>;
  /** Needs `create:users`. */
  createUser(user: Profile): Promise<Answered<Profile>>;
  /** Metadata are merged at their first level, and null removes. Answers the whole profile. Needs `update:users`. */
  changeUser(userId: string, change: Profile): Promise<Answered<Profile>>;
  /** Also of one who is gone already. Needs `delete:users`. */
  deleteUser(userId: string): Promise<Answered<null>>;
  /** Needs `read:users` and `read:roles`. At most 50, as many as a user may have. */
  rolesOf(userId: string): Promise<Answered<readonly Role[]>>;
  /** Again changes nothing. Needs `update:users` and `create:role_members`. */
  giveRoles(userId: string, roleIds: readonly string[]): Promise<Answered<null>>;
  /** Needs `update:users` and `delete:role_members`. */
  takeRoles(userId: string, roleIds: readonly string[]): Promise<Answered<null>>;
  /** The address of a page on which the user chooses a password, once. Needs `create:user_tickets`. */
  passwordTicket(ticket: PasswordTicket): Promise<Answered<string>>;
}

export interface ManagementApiDeps {
  /** Its own domain: no custom one serves the Management API. */
  readonly tenant: string;
  readonly token: BearerToken;
  readonly http: HttpClient;
  /** Milliseconds for one call; one with a refused token is made twice. */
  readonly timeoutMs: number;
  /** Epoch ms. */
  readonly now: () => number;
  /**
   * Waits, where a limit is over within the time of the call: a task of several calls would never end where the tenant
   * takes fewer of them at once.
   */
  readonly pause: (ms: number) => Promise<unknown>;
}

type Call = Pick<HttpRequest, 'method'> & { readonly path: string; readonly body?: object };

export function createManagementApi(deps: ManagementApiDeps): ManagementApi {
  const call = <T>(call: Call, read: (body: unknown) => T | undefined) => ask(deps, call, read);
  const rolesPath = (userId: string) => `${pathOf(userId)}/roles`;
  return {
    user: (userId) => call({ method: 'GET', path: pathOf(userId) }, profileOf(userId)),
    usersByEmail: (email) =>
      call({ method: 'GET', path: `users-by-email?${new URLSearchParams({ email })}` }, profilesIn),
    createUser: (body) => call({ method: 'POST', path: 'users', body }, profileIn),
    changeUser: (userId, body) => call({ method: 'PATCH', path: pathOf(userId), body }, profileOf(userId)),
    deleteUser: (userId) => call({ method: 'DELETE', path: pathOf(userId) }, nothingIn),
    rolesOf: (userId) => call({ method: 'GET', path: `${rolesPath(userId)}?per_page=50` }, rolesIn),
    giveRoles: (userId, roles) =>
      call({ method: 'POST', path: rolesPath(userId), body: { roles } }, nothingIn),
    takeRoles: (userId, roles) =>
      call({ method: 'DELETE', path: rolesPath(userId), body: { roles } }, nothingIn),
    passwordTicket: (body) => call({ method: 'POST', path: 'tickets/password-change', body }, ticketIn),
  };
}

async function ask<T>(
  deps: ManagementApiDeps,
  call: Call,
  read: (body: unknown) => T | undefined,
): Promise<Answered<T>> {
  const { now, pause, timeoutMs } = deps;
  const until = now() + timeoutMs;
  for (;;) {
    const leftMs = until - now();
    const answer = await withToken(deps, (token) => send({ ...deps, timeoutMs: leftMs }, call, token));
    const answered = 'outcome' in answer ? answer : answerOf(answer, read, now());
    const isLast = answered.outcome !== 'limited' || answered.retryAfterMs + LEAST_MS > until - now();
    if (isLast) return answered;
    await pause(answered.retryAfterMs);
  }
}

/** Less time is none for a call. */
const LEAST_MS = 1_000;

/** Once more with another token where the first is refused and there is another. */
async function withToken(
  { token }: ManagementApiDeps,
  sendWith: (token: string) => Promise<HttpAnswer | Failed>,
): Promise<HttpAnswer | Failed> {
  const first = await token().catch(() => undefined);
  if (first === undefined) return NO_TOKEN;
  const answer = await sendWith(first);
  if ('outcome' in answer || answer.status !== 401) return answer;
  const second = await token(first).catch(() => first);
  return second === first ? answer : sendWith(second);
}

const NO_TOKEN: Failed = { outcome: 'not-allowed', why: 'no-token' };

async function send(
  { tenant, http, timeoutMs }: ManagementApiDeps,
  { method, path, body }: Call,
  token: string,
): Promise<HttpAnswer | Failed> {
  const headers = { accept: 'application/json', authorization: `Bearer ${token}` };
  const content = body && {
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const url = `https://${tenant}/api/v2/${path}`;
  return http({ method, url, headers, timeoutMs, ...content }).catch((error: unknown) => {
    const isLate = error instanceof HttpError && error.reason === 'timeout';
    return { outcome: 'unavailable', why: isLate ? 'timeout' : 'no-answer' };
  });
}

// An id has a | in it and may have a / or a # too.
const pathOf = (userId: string) => `users/${encodeURIComponent(userId)}`;

const nothingIn = (): null => null;

const isObject = (body: unknown): body is Profile =>
  typeof body === 'object' && body !== null && !Array.isArray(body);

const profileIn = (body: unknown): Profile | undefined =>
  isObject(body) && typeof body.user_id === 'string' ? body : undefined;

/** Of nobody else, whoever answered. */
const profileOf = (userId: string) => (body: unknown) => {
  const profile = profileIn(body);
  return profile?.user_id === userId ? profile : undefined;
};

function profilesIn(body: unknown): readonly Profile[] | undefined {
  if (!Array.isArray(body)) return undefined;
  return body.every((one) => profileIn(one) !== undefined) ? body : undefined;
}

function rolesIn(body: unknown): readonly Role[] | undefined {
  if (!Array.isArray(body)) return undefined;
  const isRole = (one: unknown): one is Role =>
    isObject(one) && typeof one.id === 'string' && typeof one.name === 'string';
  return body.every(isRole) ? body.map(({ id, name }) => ({ id, name })) : undefined;
}

/** Wherever it leads, a person is sent there. */
function ticketIn(body: unknown): string | undefined {
  const ticket = readValue(body, 'ticket');
  return typeof ticket === 'string' && /^https?:\/\/\S+$/.test(ticket) ? ticket : undefined;
}
