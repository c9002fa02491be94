import { createHmac, timingSafeEqual } from 'node:crypto';
import type { PostLoginApi } from '../../../auth0-actions/types';

export interface LoginApiOptions {
  /** Epoch ms. */
  readonly now: number;
  readonly userId?: string;
  readonly canRedirect?: boolean;
  /** What was posted to `/continue`. */
  readonly posted?: Readonly<Record<string, string>>;
  /** Of the login. */
  readonly state?: string;
}

export interface ALoginApi {
  readonly api: PostLoginApi;
  readonly metadata: Record<string, unknown>;
  readonly idToken: Record<string, unknown>;
  readonly accessToken: Record<string, unknown>;
  readonly redirects: { readonly url: string; readonly query: Readonly<Record<string, string>> }[];
  readonly denied: string[];
}

/** The second argument of both handlers, as Auth0 documents it. */
export function aLoginApi({
  now,
  userId,
  canRedirect = true,
  posted = {},
  state = 'state-1',
}: LoginApiOptions): ALoginApi {
  const kept = new Map<string, string>();
  const seen = { metadata: {}, idToken: {}, accessToken: {}, redirects: [], denied: [] } as Omit<
    ALoginApi,
    'api'
  >;
  const claims = (token: Record<string, unknown>) => ({
    setCustomClaim: (name: string, value: unknown) => (token[name] = value),
  });
  const api: PostLoginApi = {
    cache: {
      get: (key) => (kept.has(key) ? { value: kept.get(key) ?? '' } : undefined),
      set: (key, value) => kept.set(key, value),
    },
    access: { deny: (reason) => seen.denied.push(reason) },
    idToken: claims(seen.idToken),
    accessToken: claims(seen.accessToken),
    user: { setAppMetadata: (key, value) => (seen.metadata[key] = value) },
    redirect: {
      canRedirect: () => canRedirect,
      encodeToken: ({ secret, payload, expiresInSeconds = 900 }) =>
        aToken(secret, {
          ...{ sub: userId, iss: 'acme.eu.auth0.com', ip: '198.51.100.7' },
          ...{ exp: Math.floor(now / 1000) + expiresInSeconds, ...payload },
        }),
      sendUserTo: (url, { query = {} } = {}) => seen.redirects.push({ url, query }),
      validateToken: ({ secret, tokenParameterName = 'session_token' }) =>
        validated(posted[tokenParameterName], secret, state, now),
    },
  };
  return { api, ...seen };
}

/** A JWT of HS256. */
export function aToken(
  secret: string,
  payload: object,
  header: object = { alg: 'HS256', typ: 'JWT' },
): string {
  const signed = [header, payload].map((part) => base64url(JSON.stringify(part))).join('.');
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** What a token says, whoever signed it. */
export function saidBy(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
}

const base64url = (text: string) => Buffer.from(text).toString('base64url');

function validated(token: string | undefined, secret: string, state: string, now: number): unknown {
  if (token === undefined) throw new Error('There is no token');
  const [header = '', payload = '', signature = ''] = token.split('.');
  const expected = createHmac('sha256', secret).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new Error('invalid signature');
  const said = saidBy(token);
  if (!(Number(said.exp) > now / 1000)) throw new Error('jwt expired');
  if (said.state !== state) throw new Error('state in the token does not match the /continue state');
  return said;
}
