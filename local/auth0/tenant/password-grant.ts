import { randomUUID } from 'node:crypto';
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Login } from '../post-login/login';
import { type Accounts, FormError } from './accounts';
import { requestFacts, textsOf } from './request-facts';
import { runForProgram } from './run-actions';
import type { TenantParts } from './tenant-parts';

type Errors = typeof import('oidc-provider').errors;

const PARAMETERS = ['username', 'password', 'scope', 'audience', 'organization'];

/** The grant in which an application shows the password itself, and nobody sees a page. oidc-provider has none. */
export function addPasswordGrant(
  provider: Provider,
  parts: TenantParts,
  accounts: Accounts,
  errors: Errors,
): void {
  const handle = async (ctx: KoaContextWithOIDC, next: () => Promise<void>) => {
    const body = (ctx.oidc.body ?? {}) as Record<string, unknown>;
    const userId = await accounts
      .logIn(String(body.username ?? ''), String(body.password ?? ''))
      .catch(wrong);
    const user = parts.people.users.find(userId);
    if (user === undefined || user.blocked === true) throw refusal('unauthorized', 'user is blocked');
    parts.people.countLogin(userId);
    const step = await runForProgram(parts, loginOf(parts, ctx, userId), requestFacts(ctx, body));
    if (step.kind === 'refuse') throw refusal(step.error, step.description);
    const token = await grantTo(ctx, userId);
    parts.issued.set(token.grantId ?? '', step.issued);
    ctx.body = { refresh_token: await refreshToken(ctx, token, step.issued.scopes) };
    await next();
  };
  const refusal = (error: string, words: string) => new errors.CustomOIDCProviderError(error, words);
  const wrong = (error: unknown): never => {
    throw error instanceof FormError ? new errors.InvalidGrant('Wrong email or password.') : error;
  };
  provider.registerGrantType('password', handle, PARAMETERS);
}

function loginOf({ connections, now }: TenantParts, ctx: KoaContextWithOIDC, userId: string): Login {
  const { client, body } = ctx.oidc;
  const database = connections.find(({ strategy }) => strategy === 'auth0');
  const { id = '', name = '', strategy = '' } = database ?? {};
  const methods = [{ name: 'pwd', timestamp: new Date(now()).toISOString() }];
  return {
    ...{ id: randomUUID(), way: 'password', asked: textsOf((body ?? {}) as Record<string, unknown>) },
    client: { client_id: client?.clientId ?? '', name: client?.clientName ?? '' },
    visitor: { userId, connection: { id, name, strategy }, methods },
  };
}

async function grantTo({ oidc }: KoaContextWithOIDC, accountId: string) {
  const { AccessToken, Grant } = oidc.provider;
  const { client } = oidc;
  if (client === undefined) throw new Error('There is no client');
  const grantId = await new Grant({ accountId, clientId: client.clientId }).save();
  const token = new AccessToken({ accountId, client, grantId, gty: 'password', scope: 'openid' } as never);
  await token.save();
  oidc.entity('AccessToken', token);
  return token;
}

async function refreshToken(
  { oidc }: KoaContextWithOIDC,
  { accountId, grantId }: { readonly accountId: string; readonly grantId?: string | undefined },
  scopes: readonly string[],
): Promise<string | undefined> {
  if (!scopes.includes('offline_access')) return undefined;
  const { client, provider } = oidc;
  const scope = scopes.join(' ');
  const given = {
    accountId,
    client,
    grantId,
    gty: 'password',
    scope,
    rotations: 0,
    iiat: Math.floor(Date.now() / 1000),
  };
  return new provider.RefreshToken(given as never).save();
}
