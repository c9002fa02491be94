import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { ApiError, notKnownHere } from './api-error';
import type { RateLimit } from './rate-limit';
import { groupOf } from './rate-limits';
import { type ApiRequest, ROUTES, type Route } from './routes';
import type { Tenant } from './tenant';
import { TokenError, type Tokens } from './tokens';

export interface ManagementApiOptions {
  /** Domain of the tenant that it stands in for. */
  readonly domain: string;
  readonly tenant: Tenant;
  readonly tokens: Tokens;
  readonly rateLimit: RateLimit;
  /** Who answers for tokens that are none of this API. @default - nobody: they are refused */
  readonly otherTokens?: (headers: IncomingHttpHeaders, body: string) => Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly body?: object | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

const BASE = '/api/v2';
/** The code of an Action at its largest, escaped, and all its secrets. */
const LARGEST_BODY = 1_000_000;

/**
 * The part of Auth0's Management API v2 that Actions, event streams and users need, and the token endpoint. As it listens
 * on loopback, the domain that a caller means comes in the header `x-forwarded-host`.
 * @see https://auth0.com/docs/api/management/v2/actions
 */
export function createManagementApi(options: ManagementApiOptions): Server {
  return createServer((request, response) => {
    void answer(options, request)
      .catch(explain)
      .then((found) => send(response, found));
  });
}

async function answer(options: ManagementApiOptions, request: IncomingMessage): Promise<Answer> {
  // Web pages can reach loopback addresses too; their requests name where they come from.
  if (request.headers.origin !== undefined) throw new ApiError(403, 'Not for web pages');
  const domain = request.headers['x-forwarded-host'];
  if (domain !== undefined && domain !== options.domain) throw new ApiError(404, `Unknown tenant ${domain}`);
  const url = new URL(request.url ?? '/', 'http://localhost');
  const text = await readText(request);
  if (`${request.method} ${url.pathname}` === 'POST /oauth/token') {
    return issueToken(options, request, text);
  }
  return perform(options, request, { url, text });
}

/** The endpoint is the tenant's: people and other applications get their tokens there as well. */
async function issueToken(
  { tokens, otherTokens }: ManagementApiOptions,
  request: IncomingMessage,
  text: string,
): Promise<Answer> {
  const asked = parseForm(request, text);
  const isOther = asked.grant_type !== 'client_credentials' || !tokens.knows(asked.client_id);
  if (isOther && otherTokens !== undefined) return otherTokens(request.headers, text);
  return { status: 200, body: tokens.issue(asked) };
}

async function perform(
  { tenant, tokens, rateLimit }: ManagementApiOptions,
  request: IncomingMessage,
  { url, text }: { url: URL; text: string },
): Promise<Answer> {
  const { route, path } = findRoute(request.method ?? '', url.pathname);
  const scopes = tokens.scopesOf(request.headers.authorization);
  const { headers, refusal } = rateLimit.take(groupOf(request.method ?? '', url.pathname.slice(BASE.length)));
  try {
    if (refusal !== undefined) throw refusal;
    refuseScope(scopes, route.scope);
    const asked: ApiRequest = { path, query: url.searchParams, body: parseJson(text) };
    return { status: route.status ?? 200, body: await route.act(tenant, asked), headers };
  } catch (error) {
    return { ...explain(error), headers };
  }
}

function findRoute(method: string, path: string): { route: Route; path: Record<string, string> } {
  for (const route of ROUTES) {
    const [known, pattern = ''] = route.route.split(' ');
    const match = new RegExp(`^${BASE}${pattern.replace(/{(\w+)}/g, '(?<$1>[^/]+)')}$`).exec(path);
    if (known !== method || match === null) continue;
    const parts = Object.entries(match.groups ?? {}).map(([name, part]) => [name, decodeURIComponent(part)]);
    return { route, path: Object.fromEntries(parts) };
  }
  throw notKnownHere(404, `${method} ${path}`);
}

function refuseScope(scopes: readonly string[], wanted: Route['scope']): void {
  const missing = [wanted].flat().filter((scope) => !scopes.includes(scope));
  if (missing.length === 0) return;
  throw new ApiError(403, `Insufficient scope, expected any of: ${missing[0]}`, 'insufficient_scope');
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new ApiError(413, 'Payload Too Large', 'payload_too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseForm(request: IncomingMessage, text: string): Record<string, string> {
  const isJson = request.headers['content-type']?.startsWith('application/json');
  const entries = isJson ? Object.entries(parseJson(text) ?? {}) : new URLSearchParams(text).entries();
  return Object.fromEntries([...entries].map(([name, value]) => [name, String(value)]));
}

function parseJson(text: string): object | undefined {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new ApiError(400, 'Invalid request payload JSON format', 'invalid_body');
  }
}

function explain(error: unknown): Answer {
  if (error instanceof ApiError || error instanceof TokenError)
    return { status: error.status, body: error.body };
  return { status: 500, body: new ApiError(500, `The stand-in failed: ${String(error)}`).body };
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
