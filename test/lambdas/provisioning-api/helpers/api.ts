import type { AuditRow } from '../../../../events/audit-row';
import type { UserEvent } from '../../../../events/event-schema';
import type { Problem, UserView } from '../../../../events/provisioning-api/schemas';
import { type ApiHandler, createApi } from '../../../../lambdas/provisioning-api/handle-api';
import { pathOfUser } from '../../../../lambdas/provisioning-api/user-path';
import type { UserLink } from '../../../../lambdas/user-links/user-link';
import { NOW } from '../../../helpers/events';
import { aLink, createLinksInMemory } from '../../../helpers/links';

export const NAMESPACE = 'https://punctual.dev/';
export const BORN = '2026-11-20T09:00:00.000Z';
export const EVERY_SCOPE = 'read:me write:me read:links write:links erase:users export:users';

/** What Auth0 puts into the token of a person, with what our Action adds. */
export function aToken(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    iss: 'https://acme.eu.auth0.com/',
    sub: 'auth0|1',
    exp: NOW / 1_000 + 3_600,
    scope: EVERY_SCOPE,
    // Those of an administrator: an API that goes by roles puts them there.
    permissions: EVERY_SCOPE.split(' '),
    [`${NAMESPACE}connection`]: { name: 'Username-Password-Authentication', strategy: 'auth0' },
    [`${NAMESPACE}user`]: { created_at: BORN, email: 'ada@example.com', email_verified: false },
    ...fields,
  };
}

/** One that the Action added nothing to. */
export const aBareToken = (fields: Record<string, unknown> = {}) =>
  aToken({ [`${NAMESPACE}connection`]: undefined, [`${NAMESPACE}user`]: undefined, ...fields });

/** One of a program that an administrator set up, which Auth0 gives for the program itself. */
export const aProgramsToken = () =>
  aBareToken({ sub: 'tool@clients', azp: 'tool', gty: 'client-credentials', permissions: undefined });

export const bearer = (claims: object) =>
  `Bearer ${[{ alg: 'RS256' }, claims].map(encode).join('.')}.c2lnbmF0dXJl`;
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

interface Call {
  readonly token?: Record<string, unknown>;
  readonly path?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: UserView & Problem & { readonly next?: string };
}

type Event = Parameters<ApiHandler>[0];

/** As API Gateway calls a function for a route, payload 2.0: claims of objects are in a form that nobody can read. */
export function anApiEvent(routeKey: string, { token = aToken(), ...call }: Call): Event {
  const claims = Object.fromEntries(Object.entries(token).map(([name, value]) => [name, `${value}`]));
  const text = typeof call.body === 'string' ? call.body : JSON.stringify(call.body);
  return {
    ...{ version: '2.0', routeKey, isBase64Encoded: false },
    headers: { authorization: bearer(token), ...call.headers },
    ...(call.path && { pathParameters: call.path }),
    ...(call.query && { queryStringParameters: call.query }),
    ...(call.body !== undefined && { body: text }),
    requestContext: { requestId: 'request-1', authorizer: { jwt: { claims, scopes: [] } } },
  } as unknown as Event;
}

/** The API over a table in memory, at a time that passes only while it waits. */
export function createApiInMemory(overrides: Partial<Parameters<typeof createApi>[0]> = {}) {
  const table = createLinksInMemory();
  const published: UserEvent[] = [];
  const lines: object[] = [];
  const measured: string[] = [];
  const clock = { now: NOW };
  /** What happens once so many milliseconds were waited. */
  const later: { atMs: number; does: () => void }[] = [];
  const waiting = { now: 0, most: 2 };
  /** Rows of the audit table, and whether it takes any. */
  const acts: Partial<AuditRow>[] = [];
  const noting = { isDown: false, staysOpen: false };
  const userRef = (userId: string) => `ref:${userId}`;
  const handler = createApi({
    systems: ['crm', 'tickets'],
    consumers: [],
    byInvitation: [],
    own: [],
    claimNamespace: NAMESPACE,
    jit: { default: true, connections: {} },
    expected: () => [
      { name: 'crm', required: true },
      { name: 'tickets', required: false },
    ],
    userRefOf: async (userId) => userRef(userId),
    links: table.links,
    linksOf: async (ref) => {
      if (table.state.failing) throw new Error('the table is unavailable');
      return [...table.rows.values()].filter((row) => row.userRef === ref);
    },
    unsettledPage: async () => ({ links: [] }),
    cursorKey: async () => 'pepper',
    publish: async (event) => void published.push(event),
    audit: {
      begin: async (entry) => {
        if (noting.isDown) throw new Error('the table is unavailable');
        const at = acts.push({ ...entry, outcome: 'started' }) - 1;
        return async (closing) => {
          if (noting.staysOpen) throw new Error('the table is unavailable');
          acts[at] = { ...acts[at], ...closing };
        };
      },
    },
    waitingRoom: {
      enter: async () => {
        if (waiting.now >= waiting.most) return undefined;
        waiting.now += 1;
        return async () => {
          waiting.now -= 1;
        };
      },
    },
    pause: async (ms) => {
      clock.now += ms;
      for (const one of later.splice(0)) {
        if (clock.now - NOW >= one.atMs) one.does();
        else later.push(one);
      }
    },
    now: () => clock.now,
    log: (level, message, fields) => void lines.push({ level, message, ...fields }),
    metrics: (_, values) => void measured.push(...values.map(({ name }) => name)),
    ...overrides,
  });
  const put = (fields: Partial<UserLink>) => {
    const link = aLink({ generation: BORN, ...fields });
    table.rows.set(`${link.userRef}/${link.system}`, link);
    return link;
  };
  const call = async (routeKey: string, of: Call = {}): Promise<Answer> => {
    const { statusCode = 0, headers = {}, body = '' } = await handler(anApiEvent(routeKey, of));
    return { status: statusCode, headers: headers as Record<string, string>, body: JSON.parse(body) };
  };
  return { call, put, published, lines, measured, clock, waiting, table, later, handler, acts, noting };
}

export const SHOW_ME = 'GET /me';
export const CHANGE_ME = 'PATCH /me';
export const ASK_MINE = 'PUT /me/links/{system}';
export const SHOW_USER = 'GET /users/{id}';
export const ASK_FOR = 'PUT /users/{id}/links/{system}';
export const LIST = 'GET /links';
export const ERASE = 'POST /users/{id}/erasure';
export const EXPORT = 'GET /users/{id}/export';
export const RETRY = 'POST /users/{id}/links/{system}/retry';

export const inSystem = (system = 'crm') => ({ path: { system } });
export const ofUser = (userId = 'auth0|1', more: Record<string, string> = {}) => ({
  path: { id: pathOfUser(userId), ...more },
});
export const waiting = (seconds: number) => ({ headers: { prefer: `wait=${seconds}` } });
