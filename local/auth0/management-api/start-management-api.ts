import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { listen } from '../../listen';
import { addForeignActions } from './foreign-actions';
import { type Answer, createManagementApi } from './management-api';
import { createRateLimits, type Plan } from './rate-limits';
import { Tenant } from './tenant';
import { type ApiClient, Tokens } from './tokens';

/** All that commands ask for. */
export const ALL_SCOPES = [
  ...['read:actions', 'create:actions', 'update:actions', 'delete:actions'],
  ...['read:event_streams', 'create:event_streams', 'update:event_streams', 'delete:event_streams'],
  ...['read:users', 'delete:users'],
] as const;

/** What the functions of a stack may ask for and change; docs/auth0.md lists them. */
export const FUNCTION_SCOPES = [
  ...['read:users', 'create:users', 'update:users', 'delete:users', 'create:user_tickets'],
  ...['read:roles', 'create:role_members', 'delete:role_members'],
] as const;

export interface ManagementApi {
  readonly server: Server;
  readonly tenant: Tenant;
  /** The application that functions come as, as an operator puts it into their secret. */
  readonly functionsClient: { readonly client_id: string; readonly client_secret: string };
  /** As `outputs.json` names it. */
  readonly outputs: ManagementApiOutputs;
}

export interface ManagementApiOutputs {
  readonly Domain: string;
  readonly Url: string;
  readonly ClientId: string;
  readonly ClientSecret: string;
}

/** Listens on loopback, in front of a tenant that has a few Actions of its own. */
export async function startManagementApi(
  domain: string,
  port: number,
  { plan, tenantUrl }: { readonly plan: Plan; readonly tenantUrl: string },
): Promise<ManagementApi> {
  // Operators live in real time, however fast the run's own passes.
  const now = Date.now;
  const operators = newClient(ALL_SCOPES);
  const functions = newClient(FUNCTION_SCOPES);
  const tenant = new Tenant({ now });
  addForeignActions(tenant);
  const tokens = new Tokens({ domain, now, clients: [operators, functions] });
  const server = createManagementApi({
    ...{ domain, tenant, tokens, rateLimit: createRateLimits(plan, now) },
    otherTokens: (headers, body) => askTenant(tenantUrl, headers, body),
  });
  const url = `http://127.0.0.1:${await listen(server, port, 'the Management API')}`;
  const outputs = {
    Domain: domain,
    Url: url,
    ClientId: operators.id,
    ClientSecret: operators.secret,
  };
  const functionsClient = { client_id: functions.id, client_secret: functions.secret };
  return { server, tenant, functionsClient, outputs };
}

function newClient(scopes: readonly string[]): ApiClient {
  const [id, secret] = [16, 32].map((size) => randomBytes(size).toString('base64url')) as [string, string];
  return { id, secret, scopes: () => scopes };
}

async function askTenant(
  tenantUrl: string,
  { 'content-type': type = '', authorization = '' }: IncomingHttpHeaders,
  body: string,
): Promise<Answer> {
  const headers = { 'content-type': type, ...(authorization && { authorization }) };
  const answer = await fetch(`${tenantUrl}/oauth/token`, { method: 'POST', headers, body });
  return { status: answer.status, body: (await answer.json()) as object };
}
