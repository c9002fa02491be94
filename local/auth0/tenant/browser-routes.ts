import { randomBytes } from 'node:crypto';
import type { Context, Middleware, Next } from 'koa';
import type Provider from 'oidc-provider';
import { type Accounts, FormError } from './accounts';
import { type Flow, UnknownStateError } from './flows';
import { renderFactor, renderLogin, renderProvider, renderSignUp, renderTenantError } from './pages';
import { readForm } from './read-form';
import { requestFacts } from './request-facts';
import type { TenantConnection, TenantParts } from './tenant-parts';

interface Visit {
  readonly ctx: Context;
  readonly state: string;
  readonly browser: string;
  /** What was posted; empty of a GET. */
  readonly form: Readonly<Record<string, string>>;
}

type Route = (visit: Visit) => Promise<void> | void;

const BROWSER_COOKIE = 'tenant_browser';

/** The pages of a login, and the way back from a redirect. What it does not know goes on to oidc-provider. */
export function createBrowserRoutes(parts: TenantParts, accounts: Accounts, provider: Provider): Middleware {
  const routes = { ...pageRoutes(parts, accounts, provider), ...wayBack(parts, provider) };
  return async (ctx: Context, next: Next) => {
    const browser = browserOf(ctx);
    ctx.state.browser = browser;
    const route = routes[`${ctx.method} ${ctx.path}`];
    if (route === undefined) return next();
    const form = ctx.method === 'POST' ? await readForm(ctx.req) : {};
    const { state = '' } = requestFacts(ctx).query;
    ctx.set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    await serve(() => route({ ctx, state, browser, form }), ctx, parts);
  };
}

async function serve(work: () => Promise<void> | void, ctx: Context, parts: TenantParts): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UnknownStateError)) throw error;
    const words = 'invalid_request: This login is over, or it was begun in another browser.';
    page(ctx, renderTenantError(words, parts.applications.find(({ home }) => home)?.home), 400);
  }
}

/** Of whoever sits there: one for all logins of a browser. */
function browserOf(ctx: Context): string {
  const known = ctx.cookies.get(BROWSER_COOKIE, { signed: true });
  if (known !== undefined) return known;
  const made = randomBytes(16).toString('base64url');
  ctx.cookies.set(BROWSER_COOKIE, made, { httpOnly: true, sameSite: 'lax', signed: true });
  return made;
}

function pageRoutes(parts: TenantParts, accounts: Accounts, provider: Provider): Record<string, Route> {
  const { connections, flows } = parts;
  const database = connections.find(({ strategy }) => strategy === 'auth0') as TenantConnection;
  const find = ({ state, browser }: Visit) => flows.find(state, 'person', browser);
  const show = (render: (form: FormState) => string) => (visit: Visit) => {
    const { login_hint: email } = find(visit).asked;
    page(visit.ctx, render({ state: visit.state, ...(email === undefined ? {} : { values: { email } }) }));
  };
  const take =
    (
      render: (form: FormState) => string,
      who: (form: Visit['form']) => Promise<string> | string,
      by: TenantConnection,
    ) =>
    async (visit: Visit) => {
      const flow = find(visit);
      try {
        const userId = await who(visit.form);
        await comeIn(parts, provider, { visit, flow, userId, connection: by });
      } catch (error) {
        if (!(error instanceof FormError)) throw error;
        page(visit.ctx, render({ state: visit.state, error: error.message, values: visit.form }), 400);
      }
    };
  const login = (form: FormState) => renderLogin(form, connections);
  const signUp = (form: FormState) => renderSignUp(form, connections);
  const at = (visit: Visit) => connectionOf(connections, visit);
  return {
    'GET /u/login': show(login),
    'POST /u/login': take(
      login,
      ({ email = '', password = '' }) => accounts.logIn(email, password),
      database,
    ),
    'GET /u/signup': show(signUp),
    'POST /u/signup': take(
      signUp,
      ({ email = '', password = '', username }) => accounts.signUp({ email, password, username }, database),
      database,
    ),
    'GET /u/connection': (visit) => {
      const connection = at(visit);
      return show((form) => renderProvider({ ...form, known: accounts.known(connection) }, connection))(
        visit,
      );
    },
    'POST /u/connection': (visit) => {
      const connection = at(visit);
      const who = ({ email = '', given_name, family_name, email_unverified }: Visit['form']) =>
        accounts.visit(
          {
            email,
            emailVerified: email_unverified !== 'yes',
            givenName: given_name,
            familyName: family_name,
          },
          connection,
        );
      return take((form) => renderProvider(form, connection), who, connection)(visit);
    },
    'GET /u/mfa': (visit) => {
      flows.find(visit.state, 'factor', visit.browser);
      page(visit.ctx, renderFactor({ state: visit.state, kind: kindOf(visit) }));
    },
    'POST /u/mfa': (visit) => takeFactor(parts, provider, visit),
  };
}

type FormState = Parameters<typeof renderLogin>[0];

const kindOf = ({ ctx }: Visit) => (ctx.query.kind === 'enroll' ? 'enroll' : 'challenge');

function connectionOf(connections: readonly TenantConnection[], { ctx }: Visit): TenantConnection {
  const found = connections.find(
    ({ name, strategy }) => name === ctx.query.connection && strategy !== 'auth0',
  );
  if (found === undefined) throw new UnknownStateError();
  return found;
}

interface Arrival {
  readonly visit: Visit;
  readonly flow: Flow;
  readonly userId: string;
  readonly connection: TenantConnection;
}

/** Somebody showed who they are: the Actions follow where oidc-provider goes on. */
async function comeIn(parts: TenantParts, provider: Provider, { visit, flow, userId, connection }: Arrival) {
  const { ctx, state, form } = visit;
  parts.flows.use(state);
  const name = connection.strategy === 'auth0' ? 'pwd' : 'federated';
  const methods = [{ name, timestamp: new Date(parts.now()).toISOString() }];
  flow.visitor = { userId, connection: { ...connection }, methods };
  const { method, query } = flow.request;
  flow.request = { ...requestFacts(ctx, form), method, query };
  parts.people.countLogin(userId);
  if (parts.people.users.find(userId)?.blocked === true) {
    return finish(provider, ctx, flow, { error: 'unauthorized', error_description: 'user is blocked' });
  }
  await endOther(parts, provider, { visit, flow, userId });
  await finish(provider, ctx, flow, { login: { accountId: userId }, select_account: {}, flow: flow.id });
}

/** Whoever was here before is out: oidc-provider would ask on a page of its own, which Auth0 does not. */
async function endOther(
  { visitors }: TenantParts,
  provider: Provider,
  { visit, flow, userId }: Pick<Arrival, 'visit' | 'flow' | 'userId'>,
): Promise<void> {
  const session = await provider.Session.get(visit.ctx);
  if (session.accountId === undefined || session.accountId === userId) return;
  visitors.delete(session.uid);
  await session.destroy();
  const interaction = await provider.Interaction.find(flow.interaction ?? '');
  if (interaction === undefined) throw new UnknownStateError();
  delete interaction.session;
  await interaction.persist();
}

/** Where the browser comes back to from wherever an Action sent it. */
function wayBack(parts: TenantParts, provider: Provider): Record<string, Route> {
  const goOn: Route = async ({ ctx, state, browser, form }) => {
    const flow = parts.flows.find(state, 'redirect', browser);
    parts.flows.use(state);
    flow.continuation = { kind: 'redirect', request: requestFacts(ctx, form), state };
    await finish(provider, ctx, flow, { flow: flow.id });
  };
  return { 'GET /continue': goOn, 'POST /continue': goOn };
}

async function takeFactor(parts: TenantParts, provider: Provider, visit: Visit): Promise<void> {
  const { ctx, state, browser, form } = visit;
  const flow = parts.flows.find(state, 'factor', browser);
  const shown = parts.codes.take(flow.id, form.code?.trim() ?? '');
  if (shown === undefined) {
    return page(ctx, renderFactor({ state, kind: kindOf(visit), error: 'This is not the code.' }), 400);
  }
  parts.flows.use(state);
  if (kindOf(visit) === 'enroll') parts.people.enroll(shown.userId, shown.type);
  flow.continuation = { kind: 'factor', request: requestFacts(ctx, { state }), type: shown.type };
  await finish(provider, ctx, flow, { flow: flow.id });
}

/** Lets oidc-provider go on: what its own helper does, for which its cookie would have to be on every path of ours. */
async function finish(provider: Provider, ctx: Context, { interaction: uid }: Flow, result: object) {
  const interaction = await provider.Interaction.find(uid ?? '');
  if (interaction === undefined) throw new UnknownStateError();
  interaction.result = { ...interaction.lastSubmission, ...result };
  await interaction.persist();
  ctx.status = 303;
  ctx.redirect(interaction.returnTo);
}

function page(ctx: Context, html: string, status = 200): void {
  ctx.status = status;
  ctx.type = 'html';
  ctx.body = html;
}
