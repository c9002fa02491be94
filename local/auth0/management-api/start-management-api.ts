import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { listen } from '../../listen';
import { addForeignActions } from './foreign-actions';
import { createManagementApi } from './management-api';
import { createRateLimit } from './rate-limit';
import { Tenant } from './tenant';
import { Tokens } from './tokens';

/** All that commands ask for. */
export const ALL_SCOPES = [
  ...['read:actions', 'create:actions', 'update:actions', 'delete:actions'],
  ...['read:event_streams', 'create:event_streams', 'update:event_streams', 'delete:event_streams'],
  ...['read:users', 'delete:users'],
] as const;

export interface ManagementApi {
  readonly server: Server;
  readonly tenant: Tenant;
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
export async function startManagementApi(domain: string, port: number): Promise<ManagementApi> {
  // Operators live in real time, however fast the run's own passes.
  const now = Date.now;
  const [clientId, clientSecret] = [randomBytes(16), randomBytes(32)].map((bytes) =>
    bytes.toString('base64url'),
  );
  const credentials = { clientId: clientId ?? '', clientSecret: clientSecret ?? '' };
  const tenant = new Tenant({ now });
  addForeignActions(tenant);
  const tokens = new Tokens({ domain, now, scopes: () => ALL_SCOPES, ...credentials });
  const server = createManagementApi({ domain, tenant, tokens, rateLimit: createRateLimit({ now }) });
  const url = `http://127.0.0.1:${await listen(server, port, 'the Management API')}`;
  const outputs = {
    Domain: domain,
    Url: url,
    ClientId: credentials.clientId,
    ClientSecret: credentials.clientSecret,
  };
  return { server, tenant, outputs };
}
