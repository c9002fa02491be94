import type { Middleware } from 'koa';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { textsOf } from './request-facts';
import type { TenantParts } from './tenant-parts';
import { ACCESS_TOKEN_SECONDS, profileClaims, type SessionClaims } from './token-signer';

/** Puts tokens as Auth0 writes them in place of those of oidc-provider, and shows who the bearer of one is. */
export function createTokenRoutes(parts: TenantParts): Middleware {
  return async (ctx, next) => {
    if (ctx.path === '/userinfo') return showUser(parts, ctx);
    await next();
    const { oidc } = ctx as KoaContextWithOIDC;
    if (oidc?.route === 'token' && ctx.status === 200)
      ctx.body = await tokensOf(parts, oidc, ctx.body as Body);
  };
}

interface Body {
  readonly id_token?: string;
  readonly refresh_token?: string;
}

async function tokensOf(parts: TenantParts, oidc: KoaContextWithOIDC['oidc'], body: Body): Promise<object> {
  const common = { token_type: 'Bearer', expires_in: ACCESS_TOKEN_SECONDS };
  const { AccessToken: token, ClientCredentials: machine } = oidc.entities;
  if (machine !== undefined) return { ...(await machineToken(parts, oidc)), ...common };
  const issued = parts.issued.get(token?.grantId ?? '');
  const user = parts.people.users.find(issued?.userId ?? '');
  if (issued === undefined || user === undefined) throw new Error('Nothing is known of the grant');
  const session = await sessionClaims(body.id_token);
  return {
    access_token: await parts.signer.accessToken(issued),
    ...(issued.scopes.includes('openid') && { id_token: await parts.signer.idToken(issued, user, session) }),
    ...(body.refresh_token && { refresh_token: body.refresh_token }),
    ...{ scope: issued.scopes.join(' '), ...common },
  };
}

async function machineToken({ apis, signer }: TenantParts, { body, client }: KoaContextWithOIDC['oidc']) {
  const { audience = '', scope = '' } = textsOf((body ?? {}) as Record<string, unknown>);
  const known = apis.find(({ identifier }) => identifier === audience)?.scopes ?? [];
  const asked = scope === '' ? known : scope.split(' ').filter((one) => known.includes(one));
  return {
    access_token: await signer.machineToken(client?.clientId ?? '', audience, asked),
    scope: asked.join(' '),
  };
}

async function sessionClaims(idToken: string | undefined): Promise<SessionClaims> {
  if (idToken === undefined) return {};
  const { decodeJwt } = await import('jose');
  const { nonce, sid, auth_time } = decodeJwt<SessionClaims>(idToken);
  return { nonce, sid, auth_time };
}

async function showUser({ signer, people }: TenantParts, ctx: Parameters<Middleware>[0]): Promise<void> {
  const [scheme, token = ''] = ctx.get('authorization').split(' ');
  try {
    if (scheme?.toLowerCase() !== 'bearer') throw new Error('No bearer token');
    const { sub = '', scope } = await signer.verify(token);
    const user = people.users.find(sub);
    if (user === undefined) throw new Error('The user is no more');
    ctx.body = { sub, ...profileClaims(user, String(scope).split(' ')) };
  } catch {
    ctx.status = 401;
    ctx.set('www-authenticate', 'Bearer error="invalid_token"');
    ctx.body = { error: 'invalid_token' };
  }
}
