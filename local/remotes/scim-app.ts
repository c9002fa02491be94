import express, { type Express, type Request } from 'express';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';
import { type Account, type AccountFields, type AccountStore, UserNameTakenError } from './account-store';
import { createFaultMiddleware, type FaultMiddlewareOptions } from './fault-middleware';
import { createManners, createVersions, type Manners } from './scim-manners';
import { createTicketRoute } from './ticket-routes';
import { createTokenEndpoint, type TokenEndpointOptions } from './token-issuer';

export interface ScimAppOptions extends FaultMiddlewareOptions {
  /** Path of the SCIM endpoint, such as `/scim/v2`. */
  readonly path: string;
  /** Whether a bearer token is good now. */
  readonly isGood: (token: string) => boolean;
  /** Who gives out tokens, where there is a token endpoint. */
  readonly issuer?: TokenEndpointOptions;
  readonly store: AccountStore;
  /** @default as the RFCs say */
  readonly manners?: Manners;
}

/**
 * A SCIM 2.0 server of a third party over our storage. SCIMMY keeps its resource types in the process, so that
 * each system needs a thread of its own. Its quirks stay: connectors meet worse in the world.
 */
export function createScimApp(options: ScimAppOptions): Express {
  declareUsers(options.store);
  const app = express().disable('x-powered-by').disable('etag');
  const { issuer } = options;
  if (issuer !== undefined) app.post([...issuer.paths], ...createTokenEndpoint(issuer, options.now));
  app.post('/tickets', ...createTicketRoute(options.store));
  app.use(options.path, createFaultMiddleware(options));
  app.use(options.path, createVersions(options.store.get.bind(options.store)));
  if (options.manners !== undefined) app.use(options.path, ...createManners(options.manners));
  app.use(
    options.path,
    new SCIMMYRouters({
      type: 'bearer',
      handler: (request) => authenticate(request, options.isGood),
      baseUri: (request) => `http://${request.headers.host}`,
    }),
  );
  return app;
}

function declareUsers(store: AccountStore): void {
  SCIMMY.Resources.declare(SCIMMY.Resources.User)
    .extend(SCIMMY.Schemas.EnterpriseUser, false)
    .ingress((resource, data) => write(store, resource.id, data) as never)
    .egress((resource) => read(store, resource) as never)
    .degress((resource) => {
      if (!store.remove(resource.id ?? '')) throw new SCIMMY.Types.Error(404, '', 'Account not found');
    });
}

function write(store: AccountStore, id: string | undefined, data: object): Account {
  if (id !== undefined && !store.get(id)) throw new SCIMMY.Types.Error(404, '', 'Account not found');
  try {
    return store.put(JSON.parse(JSON.stringify(data)) as AccountFields, id);
  } catch (error) {
    if (!(error instanceof UserNameTakenError)) throw error;
    throw new SCIMMY.Types.Error(409, 'uniqueness', error.message);
  }
}

interface Asked {
  readonly id?: string | undefined;
  readonly filter?: { match(accounts: Account[]): Account[] } & readonly Record<string, unknown>[];
}

function read(store: AccountStore, asked: Asked): Account | Account[] {
  if (asked.id === undefined) return find(store, asked.filter);
  const account = store.get(asked.id);
  if (!account) throw new SCIMMY.Types.Error(404, '', 'Account not found');
  return account;
}

/** Equality of the two indexed attributes without a scan; everything else by SCIMMY's own matcher. */
function find(store: AccountStore, filter: Asked['filter']): Account[] {
  if (!filter) return store.all();
  const entries = filter.length === 1 ? Object.entries(filter[0] ?? {}) : [];
  const [name, condition] = entries.length === 1 ? (entries[0] ?? []) : [];
  const [comparator, value] = Array.isArray(condition) ? condition : [];
  if (comparator !== 'eq' || typeof value !== 'string') return filter.match(store.all());
  if (name === 'externalId') return store.withExternalId(value);
  if (name === 'userName') return store.withUserName(value);
  return filter.match(store.all());
}

/** Reading is open, so that anybody may look; writing needs the token, and a wrong one is always refused. */
function authenticate(request: Request, isGood: ScimAppOptions['isGood']): string {
  const given = request.headers.authorization;
  if (given === undefined && request.method === 'GET') return 'visitor';
  const [scheme, token = ''] = (given ?? '').split(' ');
  if (scheme !== 'Bearer' || !isGood(token)) throw new Error('The bearer token is missing or wrong');
  return 'connector';
}
