import type { Server } from 'node:http';
import { createManagementApi } from '../../../../local/auth0/management-api/management-api';
import { createRateLimit } from '../../../../local/auth0/management-api/rate-limit';
import { ALL_SCOPES } from '../../../../local/auth0/management-api/start-management-api';
import { Tenant } from '../../../../local/auth0/management-api/tenant';
import { Tokens } from '../../../../local/auth0/management-api/tokens';
import { TRIGGERS } from '../../../../local/auth0/management-api/triggers';
import { closeServer, listen } from '../../../../local/listen';

const DOMAIN = 'punctual-dev.eu.auth0.com';
const CLIENT = { id: 'm2m', secret: 's3cret' };

export interface Answered<Body> {
  readonly status: number;
  readonly body: Body;
}

/** The stand-in of a tenant's Management API behind HTTP, where time passes only as the test says. */
export class AManagementApi {
  now = Date.parse('2026-11-20T09:00:00Z');
  scopes: readonly string[] = ALL_SCOPES;
  readonly tenant: Tenant;
  private readonly server: Server;
  url = '';

  constructor({ triggers = TRIGGERS } = {}) {
    const now = () => this.now;
    this.tenant = new Tenant({ now, triggers });
    const tokens = new Tokens({
      ...{ domain: DOMAIN, now },
      clients: [{ ...CLIENT, scopes: () => this.scopes }],
    });
    const rateLimit = createRateLimit({ now, burst: 1000 });
    this.server = createManagementApi({ domain: DOMAIN, tenant: this.tenant, tokens, rateLimit });
  }

  async start(): Promise<this> {
    this.url = `http://127.0.0.1:${await listen(this.server, 0, 'the Management API')}`;
    return this;
  }

  close(): Promise<void> {
    return closeServer(this.server);
  }

  async call<Body>(method: string, path: string, body?: object): Promise<Answered<Body>> {
    const headers = { authorization: `Bearer ${await this.token()}`, 'content-type': 'application/json' };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(`${this.url}/api/v2${path}`, init);
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  /** Somebody makes an Action and deploys it. */
  addAction(name: string, trigger: string, code = 'exports.x = 1;'): string {
    const { id } = this.tenant.create({ name, code, supported_triggers: [{ id: trigger }] });
    while (this.tenant.look(id).status !== 'built');
    this.tenant.deploy(id);
    this.tenant.look(id);
    return id;
  }

  async token(): Promise<string> {
    const audience = `https://${DOMAIN}/api/v2/`;
    const grant = { grant_type: 'client_credentials', client_id: 'm2m', client_secret: 's3cret', audience };
    const init = { method: 'POST', body: new URLSearchParams(grant) };
    const response = await fetch(`${this.url}/oauth/token`, init);
    return ((await response.json()) as { access_token: string }).access_token;
  }
}
