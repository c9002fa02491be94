import { type DemoSession, newLogin } from './demo-session';

/** What the demo application knows of its tenant. */
export interface DemoTenant {
  /** Where it is. */
  readonly url: string;
  /** Whose tokens are taken, `https://<tenant>/`. */
  readonly issuer: string;
  readonly clientId: string;
  /** The API that a token is asked for, where there is one. */
  readonly audience?: string | undefined;
  readonly scopes: readonly string[];
}

/** A login that did not end well; in words for the page. */
export class LoginFailedError extends Error {}

/**
 * Where to send somebody who wants to log in. Parameters of their own go along. A tenant that sends them here to begin a
 * login says which one it is. Throws {@link LoginFailedError} for another one, whose login would be somebody else's.
 */
export function authorizeUrl(
  tenant: DemoTenant,
  session: DemoSession,
  { home, more }: { readonly home: string; readonly more: URLSearchParams },
): string {
  if ((more.get('iss') ?? tenant.issuer) !== tenant.issuer) {
    throw new LoginFailedError('This login was begun by a tenant that is not ours.');
  }
  const { challenge, state, ...pending } = newLogin();
  session.pending.set(state, pending);
  const query = new URLSearchParams({
    ...{ client_id: tenant.clientId, redirect_uri: `${home}/callback`, response_type: 'code' },
    ...{ scope: tenant.scopes.join(' '), state, nonce: pending.nonce },
    ...{ code_challenge: challenge, code_challenge_method: 'S256' },
    ...(tenant.audience === undefined ? {} : { audience: tenant.audience }),
  });
  for (const [name, value] of more) if (name !== 'iss' && !query.has(name)) query.set(name, value);
  return `${tenant.url}/authorize?${query}`;
}

/** Takes the answer of the tenant. Throws {@link LoginFailedError}. */
export async function finishLogin(
  tenant: DemoTenant,
  session: DemoSession,
  { home, answer }: { readonly home: string; readonly answer: URLSearchParams },
): Promise<void> {
  const state = answer.get('state') ?? '';
  const pending = session.pending.get(state);
  session.pending.delete(state);
  if (pending === undefined) {
    throw new LoginFailedError('This answer is of no login that was begun here.');
  }
  const error = answer.get('error');
  if (error !== null) throw new LoginFailedError(`${error}: ${answer.get('error_description') ?? ''}`);
  const tokens = await exchange(tenant, {
    ...{ grant_type: 'authorization_code', client_id: tenant.clientId, redirect_uri: `${home}/callback` },
    ...{ code: answer.get('code') ?? '', code_verifier: pending.verifier },
  });
  await verify(tenant, session, tokens, pending.nonce);
}

interface Tokens {
  readonly id_token: string;
  readonly access_token: string;
}

async function exchange({ url }: DemoTenant, fields: Record<string, string>): Promise<Tokens> {
  const answer = await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams(fields) });
  const body = (await answer.json()) as Tokens & { error?: string; error_description?: string };
  if (answer.ok) return body;
  throw new LoginFailedError(`${body.error}: ${body.error_description ?? ''}`);
}

async function verify(
  { url, issuer, clientId }: DemoTenant,
  session: DemoSession,
  tokens: Tokens,
  nonce: string,
): Promise<void> {
  const { createRemoteJWKSet, decodeJwt, jwtVerify } = await import('jose');
  const keys = createRemoteJWKSet(new URL(`${url}/.well-known/jwks.json`));
  // The run's clock may be ahead of ours.
  const currentDate = new Date(((decodeJwt(tokens.id_token).iat ?? 0) + 1) * 1000);
  const { payload } = await jwtVerify(tokens.id_token, keys, { issuer, audience: clientId, currentDate });
  if (payload.nonce !== nonce) throw new LoginFailedError('The token is of another login.');
  session.user = {
    ...{ userId: payload.sub ?? '', claims: payload, accessToken: tokens.access_token },
    accessClaims: decodeJwt(tokens.access_token),
  };
}
