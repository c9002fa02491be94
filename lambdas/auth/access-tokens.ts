import { RetryableError } from '../connectors/connector';
import { exchange } from '../connectors/remote-call';
import type { HttpAnswer, HttpClient } from '../runtime/http';
import { retryAfterMs } from '../runtime/http';
import type { BearerToken } from './bearer-token';
import type { TokenEndpoint } from './token-endpoint';

export interface AccessTokensDeps {
  readonly endpoint: TokenEndpoint;
  /** JSON with `client_id` and `client_secret`; with `fresh` as it is now, within reason. */
  readonly credentials: (read: { readonly fresh: boolean }) => Promise<string>;
  readonly http: HttpClient;
  /** Milliseconds for one call. */
  readonly timeoutMs: number;
  /** Epoch ms. */
  readonly now: () => number;
}

interface Client {
  readonly id: string;
  readonly secret: string;
}

interface AccessToken {
  readonly text: string;
  /** Epoch ms. */
  readonly goodUntil: number;
}

/** Where the endpoint does not say how long its token is good. */
const UNSAID_LIFETIME_SECONDS = 300;
/** A token that is good for longer is asked for again: with a client that was changed, the old one is to end. */
const LONGEST_USE_MS = 3_600_000;
/** Of its lifetime and at most: a call that begins with a token ends with it too. */
const MARGIN = { part: 1 / 5, mostMs: 60_000 };
/** A system that refuses every token must not become a flood of calls to the endpoint. */
export const REPLACE_AFTER_MS = 60_000;

/** Access tokens by the client credentials of OAuth 2.0 (RFC 6749, section 4.4), asked for once by however many wait. */
export function createAccessTokens(deps: AccessTokensDeps): BearerToken {
  let known: AccessToken | undefined;
  let asking: Promise<AccessToken> | undefined;
  let replacedAt = Number.NEGATIVE_INFINITY;
  const ask = async (): Promise<AccessToken> => {
    asking ??= askFor(deps).finally(() => {
      asking = undefined;
    });
    known = await asking;
    return known;
  };
  return async (refused) => {
    const isOver = known === undefined || deps.now() >= known.goodUntil;
    if (known !== undefined && !isOver && known.text !== refused) return known.text;
    if (refused !== undefined && !isOver) {
      if (deps.now() - replacedAt < REPLACE_AFTER_MS && asking === undefined) return refused;
      replacedAt = deps.now();
    }
    return (await ask()).text;
  };
}

/** With the client that is known, and once more if that one is refused and there is another by now. */
async function askFor(deps: AccessTokensDeps): Promise<AccessToken> {
  const known = await deps.credentials({ fresh: false });
  const token = await exchangeFor(deps, known);
  if (token !== 'refused') return token;
  const current = await deps.credentials({ fresh: true });
  const other = current === known ? 'refused' : await exchangeFor(deps, current);
  if (other === 'refused') throw new RetryableError('remote-unauthorized');
  return other;
}

async function exchangeFor(deps: AccessTokensDeps, credentials: string): Promise<AccessToken | 'refused'> {
  const client = clientIn(credentials);
  // What is no client yet may be one by now, and otherwise nobody could be asked.
  if (client === undefined) return 'refused';
  const askedAt = deps.now();
  const answer = await call(deps, client);
  const { status, headers } = answer;
  if (status === 200) return tokenIn(answer, askedAt);
  // invalid_client, and whatever else the client may not have (RFC 6749, section 5.2).
  if (status === 400 || status === 401 || status === 403) return 'refused';
  if (status === 429 || status >= 500)
    throw new RetryableError('token-unavailable', retryAfterMs(headers, deps.now()));
  throw new RetryableError('remote-misconfigured');
}

async function call({ endpoint, http, timeoutMs }: AccessTokensDeps, client: Client): Promise<HttpAnswer> {
  const { tokenUrl: url, scope, audience, authMethod } = endpoint;
  const { id, secret } = client;
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(scope !== undefined && { scope }),
    ...(audience !== undefined && { audience }),
    ...(authMethod === 'post' && { client_id: id, client_secret: secret }),
  });
  const headers = {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
    ...(authMethod === 'basic' && { authorization: basic(client) }),
  };
  const request = { method: 'POST', url, headers, body: body.toString(), timeoutMs } as const;
  // Whatever went wrong, the system itself was not called yet, and nothing is unknown.
  return exchange(http, request).catch(() => {
    throw new RetryableError('token-unavailable');
  });
}

// Both are encoded as in a form before they are joined (RFC 6749, section 2.3.1): a colon in the id is none.
function basic({ id, secret }: Client): string {
  const encoded = [id, secret].map((text) => new URLSearchParams({ '': text }).toString().slice(1));
  return `Basic ${Buffer.from(encoded.join(':')).toString('base64')}`;
}

function clientIn(credentials: string): Client | undefined {
  const { client_id: id, client_secret: secret } = objectIn(credentials);
  if (typeof id !== 'string' || typeof secret !== 'string' || id === '' || secret === '') return undefined;
  return { id, secret };
}

function tokenIn({ body }: HttpAnswer, askedAt: number): AccessToken {
  const { access_token: text, token_type: type, expires_in: lifetime } = objectIn(body);
  const isBearer = typeof type === 'string' && type.toLowerCase() === 'bearer';
  // What goes into a header has no spaces and no ends of lines.
  if (!isBearer || typeof text !== 'string' || !/^[\x21-\x7e]{1,16384}$/.test(text))
    throw new RetryableError('token-unavailable');
  const lifetimeMs = secondsIn(lifetime) * 1_000;
  const usedMs = lifetimeMs - Math.min(lifetimeMs * MARGIN.part, MARGIN.mostMs);
  return { text, goodUntil: askedAt + Math.min(usedMs, LONGEST_USE_MS) };
}

// Some endpoints say it as a text.
function secondsIn(lifetime: unknown): number {
  const seconds = typeof lifetime === 'string' ? Number(lifetime) : lifetime;
  return typeof seconds === 'number' && seconds > 0 ? seconds : UNSAID_LIFETIME_SECONDS;
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
