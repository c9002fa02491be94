import { randomBytes } from 'node:crypto';
import type { Context } from 'koa';
import type Provider from 'oidc-provider';
import type { Account, ClientMetadata, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { Login } from '../post-login/login';
import type { Flow } from './flows';
import { createMemoryAdapter } from './memory-adapter';
import { requestFacts } from './request-facts';
import { runActions, runForProgram, type Step } from './run-actions';
import type { Application, TenantParts } from './tenant-parts';

type Oidc = typeof import('oidc-provider');

/** The pages that a tenant shows; they are served in front of oidc-provider. */
export interface Pages {
  error(words: string): string;
}

const COOKIE = { httpOnly: true, sameSite: 'lax', signed: true } as const;
const LONGEST_SECONDS = 3_600;
const WEEK = 7 * 86_400;

/** OpenID Connect by oidc-provider. What it asks of a person is ours, and so are the tokens. */
export async function createOidc(parts: TenantParts, pages: Pages): Promise<Provider> {
  const oidc = await import('oidc-provider');
  const provider = new oidc.Provider(`https://${parts.domain}/`, {
    ...ROUTES,
    ...lifetimes(parts),
    adapter: createMemoryAdapter(),
    jwks: { keys: [parts.signer.key as never] },
    clients: parts.applications.map(clientOf),
    cookies: { keys: [randomBytes(32).toString('hex')], long: COOKIE, short: COOKIE },
    features: { devInteractions: { enabled: false }, clientCredentials: { enabled: true } },
    pkce: { methods: ['S256'], required: () => true },
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    extraParams: ['audience', 'connection', 'organization', 'screen_hint'],
    findAccount: (ctx, userId, token) => findAccount(parts, oidc, { ctx, userId, token }),
    loadExistingGrant,
    interactions: {
      policy: policyOf(parts, oidc),
      url: (ctx, { uid, prompt }) => leaveFor(parts, ctx, uid, prompt.name),
    },
    renderError: (ctx, { error, error_description }) => {
      ctx.type = 'html';
      ctx.body = pages.error(`${error}: ${error_description ?? ''}`);
    },
  });
  return provider;
}

const ROUTES: Configuration = {
  routes: {
    ...{ authorization: '/authorize', token: '/oauth/token', userinfo: '/userinfo' },
    ...{ jwks: '/.well-known/jwks.json', end_session: '/oidc/logout' },
  },
};

function lifetimes({ issued }: TenantParts): Configuration {
  return {
    ttl: {
      ...{ AccessToken: 86_400, ClientCredentials: 86_400, AuthorizationCode: 60, IdToken: 36_000 },
      ...{ Interaction: LONGEST_SECONDS, Session: WEEK, Grant: WEEK, RefreshToken: WEEK },
    },
    expiresWithSession: () => false,
    // oidc-provider wants the prompt `consent` for this scope; applications of the tenant's own people need none.
    issueRefreshToken: async (_ctx, _client, { grantId }) =>
      issued.get(grantId ?? '')?.scopes.includes('offline_access') ?? false,
    rotateRefreshToken: true,
  };
}

function clientOf({ client_id, name, secret, callbacks, logoutUrls }: Application): ClientMetadata {
  const uris = { redirect_uris: [...callbacks], post_logout_redirect_uris: [...logoutUrls] };
  const common = { client_id, client_name: name, ...uris, ...auth(secret) };
  if (callbacks.length === 0) return { ...common, response_types: [], grant_types: ['client_credentials'] };
  const grants = ['authorization_code', 'refresh_token', ...(secret === undefined ? ['password'] : [])];
  return { ...common, grant_types: grants, response_types: ['code'] };
}

function auth(
  secret: string | undefined,
): Pick<ClientMetadata, 'client_secret' | 'token_endpoint_auth_method'> {
  if (secret === undefined) return { token_endpoint_auth_method: 'none' };
  return { client_secret: secret, token_endpoint_auth_method: 'client_secret_post' };
}

/** A grant for each login, as what the Actions say is of that login alone. */
async function loadExistingGrant({ oidc }: KoaContextWithOIDC) {
  const grant = new oidc.provider.Grant({
    accountId: oidc.account?.accountId ?? '',
    clientId: oidc.client?.clientId ?? '',
  });
  grant.addOIDCScope('openid profile email offline_access');
  await grant.save();
  return grant;
}

function policyOf(parts: TenantParts, { interactionPolicy: { Check, Prompt }, errors }: Oidc) {
  const noSession = new Check('no_session', 'Login required', 'login_required', ({ oidc }) => !oidc.account);
  const tooOld = new Check('max_age', 'Login required', 'login_required', ({ oidc }) => {
    const { max_age: seconds } = oidc.params ?? {};
    const isNew = oidc.result?.login !== undefined;
    return typeof seconds === 'number' && !isNew && (oidc.session?.past(seconds) ?? true);
  });
  const actions = new Check('actions', 'Interaction required', 'interaction_required', async (ctx) => {
    const { step, flow } = await settle(parts, ctx);
    if (step.kind === 'refuse') throw oauthError(errors, step);
    if (step.kind === 'issue') parts.issued.set(ctx.oidc.entities.Grant?.jti ?? '', step.issued);
    ctx.state.flow = flow;
    return step.kind === 'leave';
  });
  return [
    new Prompt({ name: 'login', requestable: true }, noSession, tooOld),
    new Prompt({ name: 'select_account', requestable: true }),
    new Prompt({ name: 'actions' }, actions),
  ];
}

async function settle(parts: TenantParts, ctx: KoaContextWithOIDC): Promise<{ step: Step; flow: Flow }> {
  const { session, prompts } = ctx.oidc;
  const { flow: flowId } = (ctx.oidc.result ?? {}) as { flow?: string };
  const flow = parts.flows.get(flowId ?? '') ?? begin(parts, ctx);
  const userId = session?.accountId ?? '';
  const id = session?.uid ?? '';
  const known = parts.visitors.get(id) ?? { userId, connection: connectionOf(parts, userId), methods: [] };
  const visitor = flow.visitor ?? known;
  const way = prompts.has('none') ? 'silent' : 'browser';
  return { flow, step: await runActions(parts, flow, visitor, { way, id }) };
}

function connectionOf({ people }: TenantParts, userId: string) {
  return people.users.asSampleUser(userId).connection;
}

/** A flow as an application asks for it. */
function begin({ flows }: TenantParts, ctx: KoaContextWithOIDC): Flow {
  const request = requestFacts(ctx, (ctx.oidc.body ?? {}) as Record<string, unknown>);
  return flows.open({
    ...{ request, asked: { ...request.query, ...request.body }, browser: String(ctx.state.browser) },
    client: { client_id: ctx.oidc.client?.clientId ?? '', name: ctx.oidc.client?.clientName ?? '' },
  });
}

/** Where the browser goes while oidc-provider waits. */
function leaveFor(parts: TenantParts, ctx: KoaContextWithOIDC, uid: string, prompt: string): string {
  if (prompt === 'actions') {
    const flow = ctx.state.flow as Flow;
    flow.interaction = uid;
    return flow.destination ?? '/';
  }
  const flow = begin(parts, ctx);
  flow.interaction = uid;
  const { connection, screen_hint: hint } = flow.asked;
  const query = new URLSearchParams({ state: parts.flows.wait(flow, 'person') });
  const isOther = parts.connections.some(({ name, strategy }) => name === connection && strategy !== 'auth0');
  if (isOther) return `/u/connection?${query}&${new URLSearchParams({ connection: connection ?? '' })}`;
  return `/u/${hint === 'signup' ? 'signup' : 'login'}?${query}`;
}

interface Lookup {
  readonly ctx: KoaContextWithOIDC;
  readonly userId: string;
  readonly token?:
    | {
        readonly kind?: string | undefined;
        readonly grantId?: string | undefined;
        readonly consumed?: unknown;
      }
    | undefined;
}

/** Asked with each grant. With a refresh token, the Actions have their say before there are tokens. */
async function findAccount(
  parts: TenantParts,
  { errors }: Oidc,
  { ctx, userId, token }: Lookup,
): Promise<Account | undefined> {
  const user = parts.people.users.find(userId);
  if (user === undefined) return undefined;
  if (token?.kind === 'RefreshToken' && !token.consumed) {
    if (user.blocked === true)
      throw oauthError(errors, { error: 'invalid_grant', description: 'user is blocked' });
    const step = await refresh(parts, ctx, token.grantId ?? '');
    if (step.kind === 'refuse') throw oauthError(errors, step);
    parts.issued.set(token.grantId ?? '', step.issued);
  }
  return { accountId: userId, claims: async () => ({ sub: userId }) };
}

async function refresh(parts: TenantParts, ctx: KoaContextWithOIDC, grantId: string) {
  const before = parts.issued.get(grantId);
  if (before === undefined) throw new Error('Nothing is known of the grant');
  const { userId, clientId, audience, organization, scopes, connection } = before;
  const login: Login = {
    ...{
      id: grantId,
      way: 'refresh' as const,
      client: { client_id: clientId, name: ctx.oidc.client?.clientName ?? '' },
    },
    visitor: { userId, connection, methods: [] },
    asked: {
      scope: scopes.join(' '),
      ...(audience === undefined ? {} : { audience }),
      ...(organization === undefined ? {} : { organization }),
    },
  };
  return runForProgram(parts, login, requestFacts(ctx as Context, ctx.oidc.body as Record<string, unknown>));
}

function oauthError(
  errors: Oidc['errors'],
  { error, description }: { readonly error: string; readonly description: string },
): Error {
  return new errors.CustomOIDCProviderError(error, description);
}
