import type { Server } from 'node:http';
import { ACTIONS } from '../../../../auth0-actions/actions';
import type { BuiltAction } from '../../../../auth0-actions/bundle';
import type { DeployDeps } from '../../../../cli/actions/deploy';
import type { AuditClosing, AuditEntry } from '../../../../events/audit-row';
import { addForeignActions } from '../../../../local/auth0/management-api/foreign-actions';
import { createManagementApi } from '../../../../local/auth0/management-api/management-api';
import { createRateLimit } from '../../../../local/auth0/management-api/rate-limit';
import { ALL_SCOPES } from '../../../../local/auth0/management-api/start-management-api';
import { Tenant } from '../../../../local/auth0/management-api/tenant';
import { Tokens } from '../../../../local/auth0/management-api/tokens';
import type { Trigger } from '../../../../local/auth0/management-api/triggers';
import { closeServer, listen } from '../../../../local/listen';
import { renderLine } from '../../../../terminal/line';

export const DOMAIN = 'punctual-dev.eu.auth0.com';
export const TRIGGER = 'post-user-registration';
export const NAME = 'punctual-post-user-registration';
export const SIGNING_KEY = 'c2lnbmluZy1zZWNyZXQtb2YtMjQtYnl0ZXMhISEhISEh';
export const STREAM_KEY = SIGNING_KEY.replace('c2', 'e2');
export const STREAM_ACTION = 'punctual-event-stream';
const SECRET_TEXTS = ['api-key-value', SIGNING_KEY, STREAM_KEY, 'client-secret'];

export interface TenantOptions {
  readonly triggers?: readonly Trigger[];
  readonly burst?: number;
}

/** A tenant behind HTTP, and what a command for a deployed stack gets. Time passes only where the command waits. */
export class ATenant {
  now = Date.parse('2026-11-20T09:00:00Z');
  scopes: readonly string[] = ALL_SCOPES;
  apiKey = 'api-key-value';
  signingSecret = SIGNING_KEY;
  streamSecret = STREAM_KEY;
  environment: Record<string, string | undefined> = {
    AUTH0_CLIENT_ID: 'client-id',
    AUTH0_CLIENT_SECRET: 'client-secret',
  };
  values: Record<string, string> = {
    Auth0Tenant: DOMAIN,
    EventApiUrl: 'https://abc.execute-api.eu-central-1.amazonaws.com/v1/',
    EventApiUsagePlanId: 'plan',
    SigningSecretArn: 'arn:secret',
    EventStreamSecretArn: 'arn:stream-secret',
  };
  stackName = 'UserProvisioning-dev';
  readonly printed: string[] = [];
  readonly warned: string[] = [];
  /** By ARN. */
  readonly pageSecrets: Record<string, string> = {};
  readonly audited: (AuditEntry | AuditClosing)[] = [];
  readonly waits: number[] = [];
  /** `GET /api/v2/…` of each call, in order. */
  readonly calls: string[] = [];
  /** Runs before a call reaches the tenant, such as somebody else's change. */
  beforeCall: (call: string) => void = () => undefined;
  /** By call: what the next one is answered instead of being made. */
  private readonly statuses = new Map<string, number>();
  readonly stop = new AbortController();
  readonly state: Tenant;
  private server: Server | undefined;
  private url = '';

  constructor(private readonly options: TenantOptions = {}) {
    const { triggers } = options;
    this.state = new Tenant({ now: () => this.now, ...(triggers === undefined ? {} : { triggers }) });
    if (triggers === undefined) addForeignActions(this.state);
  }

  async start(): Promise<this> {
    const now = () => this.now;
    const client = { id: 'client-id', secret: 'client-secret', scopes: () => this.scopes };
    const tokens = new Tokens({ domain: DOMAIN, clients: [client], now });
    const rateLimit = createRateLimit({ now, burst: this.options.burst ?? 1000 });
    this.server = createManagementApi({ domain: DOMAIN, tenant: this.state, tokens, rateLimit });
    this.url = `http://127.0.0.1:${await listen(this.server, 0, 'the Management API')}`;
    return this;
  }

  async close(): Promise<void> {
    if (this.server !== undefined) await closeServer(this.server);
  }

  get deps(): DeployDeps {
    return {
      outputs: async () => ({ stackName: this.stackName, values: this.values }),
      environment: this.environment,
      secrets: async () => ({
        read: async (arn) => this.secretAt(arn),
        write: async () => undefined,
      }),
      apiKeys: async () => ({
        ofPlan: async () => [{ id: 'key', enabled: true, createdAt: 0 }],
        value: async () => this.apiKey,
        create: () => Promise.reject(new Error('not here')),
        disable: () => Promise.reject(new Error('not here')),
      }),
      audit: async () => ({
        begin: async (entry) => {
          this.audited.push(entry);
          return async (closing) => void this.audited.push(closing);
        },
        list: async () => [],
      }),
      screen: {
        print: (...lines) => this.printed.push(...lines.map((line) => renderLine(line, { colour: false }))),
        warn: (code) => this.warned.push(code),
        redraw: () => undefined,
        progress: () => ({ update: () => undefined, stop: () => undefined }),
        width: 80,
        isRead: () => true,
      },
      typed: (command) => `npx punctual ${command}`,
      now: () => this.now,
      pause: async (milliseconds) => {
        this.waits.push(milliseconds);
        this.now += milliseconds;
      },
      stopping: () => this.stop.signal,
      fetch: (input, init) => this.reach(new URL(String(input)), init),
    };
  }

  private secretAt(arn: string): string {
    if (arn === 'arn:secret') return this.signingSecret;
    return this.pageSecrets[arn] ?? this.streamSecret;
  }

  /** As the network would, for the one domain that there is. */
  private async reach(url: URL, init?: RequestInit): Promise<Response> {
    if (!/^[\w.-]+\.auth0\.com$/.test(url.host))
      throw new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } });
    const call = `${init?.method ?? 'GET'} ${url.pathname.replace('/api/v2', '')}`;
    this.calls.push(call);
    this.beforeCall(call);
    const status = this.statuses.get(call);
    this.statuses.delete(call);
    if (status !== undefined) return Response.json({ statusCode: status, message: 'Told so' }, { status });
    const headers = new Headers(init?.headers);
    headers.set('x-forwarded-host', url.host);
    return fetch(`${this.url}${url.pathname}${url.search}`, { ...init, headers });
  }

  answerOnce(call: string, status: number): void {
    this.statuses.set(call, status);
  }

  /** Names in the order in which they run. */
  bindings(trigger = TRIGGER): string[] {
    return this.state.bindingsOf(trigger).map(({ displayName }) => displayName);
  }

  /** Everything about what is not ours. */
  foreign(): string {
    const actions = this.state.list().filter(({ name }) => name !== NAME && name !== STREAM_ACTION);
    const streams = this.state.streams.list().filter(({ name }) => name !== 'punctual-users');
    const ids = actions.map(({ id }) => id);
    const triggers = [...new Set(this.state.triggers.map(({ id }) => id))];
    const bindings = triggers.flatMap((id) => this.state.bindingsOf(id));
    return JSON.stringify([actions, streams, bindings.filter(({ actionId }) => ids.includes(actionId))]);
  }

  ours(wanted = NAME) {
    return this.state.list().find(({ name }) => name === wanted);
  }

  /** The streams of our name. */
  streams() {
    return this.state.streams.list().filter(({ name }) => name === 'punctual-users');
  }

  /** Somebody makes, deploys and binds an Action. */
  addAction(name: string, more: { code?: string; trigger?: string; bind?: boolean } = {}): string {
    const { code = 'exports.x = 1;', trigger = TRIGGER, bind = true } = more;
    const { id } = this.state.create({ name, code, supported_triggers: [{ id: trigger }] });
    while (this.state.look(id).status !== 'built');
    this.state.deploy(id);
    this.state.look(id);
    if (bind) this.bind([...this.bindingIds(trigger), id], trigger);
    return id;
  }

  /** The list of a trigger as ids of bindings and Actions. */
  bind(ids: readonly string[], trigger = TRIGGER): void {
    const known = this.bindingIds(trigger);
    const refs = ids.map((value) => {
      const type = known.includes(value) ? ('binding_id' as const) : ('action_id' as const);
      return { ref: { type, value } };
    });
    this.state.bind(trigger, refs);
  }

  bindingIds(trigger = TRIGGER): string[] {
    return this.state.bindingsOf(trigger).map(({ id }) => id);
  }

  /** The secret texts that turn up in what a person, a script or the audit table sees. */
  leaks(...more: readonly unknown[]): string[] {
    const seen = JSON.stringify([this.printed, this.audited, more.map(String), more]);
    return SECRET_TEXTS.filter((text) => seen.includes(text));
  }
}

/** A built Action that needs no bundler. */
export function aBuiltAction(
  code = 'exports.onExecutePostUserRegistration = async () => {};\n',
): BuiltAction {
  const action = {
    ...{ name: NAME, trigger: TRIGGER, triggerVersion: 'v2' },
    ...{ entry: '', issuer: 'actions' as const, handlers: ['onExecutePostUserRegistration'] },
  };
  return { action, code: `/* Punctual: ${TRIGGER}. Made for a test. */\n${code}` };
}

/** The built Action behind the event stream; it needs no bundler either. */
export function aBuiltStreamAction(code = 'exports.onExecuteEventStream = async () => {};\n'): BuiltAction {
  const action = ACTIONS.find(({ name }) => name === STREAM_ACTION);
  if (action === undefined) throw new Error('There is no such Action');
  return { action, code: `/* Punctual: event-stream. Made for a test. */\n${code}` };
}
