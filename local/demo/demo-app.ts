import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { readForm } from '../auth0/tenant/read-form';
import { renderDemoError, renderHome } from './demo-pages';
import { type DemoSession, DemoSessions } from './demo-session';
import type { FindAccount } from './find-account';
import type { Funnel } from './funnel';
import { authorizeUrl, type DemoTenant, finishLogin, LoginFailedError } from './log-in';
import { renderOffer, renderOfferSent } from './offer-pages';
import { openTicket } from './open-ticket';

export interface DemoAppOptions {
  /** Its own address. */
  readonly home: string;
  readonly tenant: DemoTenant;
  /** The tickets system; absent where the configuration has none. */
  readonly tickets?: { readonly url: string; readonly findAccount: FindAccount } | undefined;
  /** Where visitors come in; absent where nobody can be invited. */
  readonly funnel?: Funnel | undefined;
}

interface Visit {
  readonly session: DemoSession;
  readonly query: URLSearchParams;
  readonly request: IncomingMessage;
}

/** A page, or where to go. */
type Answer = { readonly html: string; readonly status?: number } | { readonly to: string };
type Route = (visit: Visit) => Promise<Answer> | Answer;

/** An application whose people log in at the tenant, and that opens tickets as the accounts they have. */
export function createDemoApp(options: DemoAppOptions): RequestListener {
  const sessions = new DemoSessions();
  const routes = routesOf(options);
  return (request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', options.home);
    const route = routes[`${request.method} ${pathname}`] ?? notFound;
    const { session, setCookie } = sessions.of(request.headers.cookie);
    if (setCookie !== undefined) response.setHeader('set-cookie', setCookie);
    void Promise.resolve()
      .then(() => route({ session, query, request }))
      .catch(explain)
      .then((answer) => send(response, answer));
  };
}

function routesOf({ home, tenant, tickets, funnel }: DemoAppOptions): Readonly<Record<string, Route>> {
  return {
    ...(funnel && offerRoutes(funnel)),
    'GET /': async ({ session }) => {
      const { said, user } = session;
      session.said = undefined;
      const wishes = user === undefined ? funnel && [] : await funnel?.wishesOf(user);
      return { html: renderHome(session, { said, wishes }) };
    },
    'GET /login': ({ session, query: more }) => ({ to: authorizeUrl(tenant, session, { home, more }) }),
    'GET /callback': async ({ session, query: answer }) => {
      await finishLogin(tenant, session, { home, answer });
      return { to: '/' };
    },
    'POST /tickets': async ({ session, request }) => {
      const { subject = '' } = await readForm(request);
      const { user } = session;
      if (user === undefined) return { to: '/' };
      session.said =
        tickets === undefined
          ? 'There is no system called tickets.'
          : await openTicket(tickets.url, tickets.findAccount, { user, subject });
      return { to: '/' };
    },
    'POST /logout': ({ session }) => {
      session.user = undefined;
      return { to: `${tenant.url}/v2/logout?${new URLSearchParams({ returnTo: `${home}/` })}` };
    },
  };
}

function offerRoutes(funnel: Funnel): Readonly<Record<string, Route>> {
  return {
    'GET /offer': () => ({ html: renderOffer() }),
    'POST /offer': async ({ request }) => {
      const { email = '', wish = '', ahead } = await readForm(request);
      const invited = await funnel.take({ email, wish, isAhead: ahead === 'yes' });
      if (invited.ok) return { html: renderOfferSent(email, funnel.options.outboxUrl) };
      return { html: renderOffer({ email, wish, error: invited.words }), status: 400 };
    },
  };
}

const notFound: Route = () => ({ html: renderDemoError('There is no such page.'), status: 404 });

function explain(error: unknown): Answer {
  const words = error instanceof LoginFailedError ? error.message : `The demo failed: ${String(error)}`;
  return { html: renderDemoError(words), status: error instanceof LoginFailedError ? 400 : 500 };
}

function send(response: ServerResponse, answer: Answer): void {
  if ('to' in answer) return void response.writeHead(303, { location: answer.to }).end();
  response.writeHead(answer.status ?? 200, { 'content-type': 'text/html; charset=utf-8' }).end(answer.html);
}
