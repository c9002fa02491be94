import type { ServerResponse } from 'node:http';
import { bodyOf, startLoopbackServer } from '../../helpers/loopback-server';

/** What the login was told by the form of the page. */
export interface Arrival {
  readonly token: string | null;
  readonly state: string | null;
}

/** Stands for the tenant, which sends whoever continues to the application by one redirect more, and for that. */
export interface StandInLogin {
  readonly tenant: string;
  readonly app: string;
  readonly arrivals: Arrival[];
  close(): Promise<void>;
}

export async function startStandInLogin(): Promise<StandInLogin> {
  const arrivals: Arrival[] = [];
  const app = await startLoopbackServer((_, response) => answer(response, '<h1>The application</h1>'));
  const tenant = await startLoopbackServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://tenant');
    if (pathname !== '/continue') return redirect(response, `${app.url}/callback?code=1`);
    const state = searchParams.get('state');
    const again = arrivals.some((arrival) => arrival.state === state);
    arrivals.push({ token: new URLSearchParams(await bodyOf(request)).get('punctual_token'), state });
    // As Auth0 does with a login that has gone on already.
    if (again) return answer(response, '<h1>Invalid state</h1>', 400);
    redirect(response, '/authorize/resume');
  });
  const close = async () => void (await Promise.all([app.close(), tenant.close()]));
  return { tenant: tenant.url, app: app.url, arrivals, close };
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location, 'cache-control': 'no-store' }).end();
}

function answer(response: ServerResponse, body: string, status = 200): void {
  // An icon that nobody has is no request of the page.
  const page = `<!doctype html><link rel="icon" href="data:,"><title>Login</title>${body}`;
  response.writeHead(status, { 'content-type': 'text/html' }).end(page);
}
