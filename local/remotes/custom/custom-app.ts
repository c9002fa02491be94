import express, { type Express, type Request, type Response } from 'express';
import { parseJson } from '../../../events/parse-json';
import type { AccountStore } from '../account-store';
import { createFaultMiddleware, type FaultMiddlewareOptions } from '../fault-middleware';
import { operationOf } from '../remote-faults';
import type { StandIn, StandInRequest } from './stand-in';
import { standInAccounts } from './stand-in-accounts';

export interface CustomAppOptions extends Omit<FaultMiddlewareOptions, 'tokenOf' | 'isSearch'> {
  /** Path below which the API is, such as `/api`. */
  readonly path: string;
  readonly store: AccountStore;
  readonly standIn: StandIn;
  /** The headers that show who calls, as the connector makes them of the secret that is good now. */
  readonly credentials: () => Readonly<Record<string, string>>;
}

/** An API of a team's system: who writes must show the secret, who only looks need not, and a wrong one is refused. */
export function createCustomApp(options: CustomAppOptions): Express {
  const app = express().disable('x-powered-by').disable('etag');
  const tokenOf = (request: Request) => shownBy(options, request);
  app.use(options.path, createFaultMiddleware({ ...options, tokenOf, isSearch: () => false }));
  app.use(options.path, express.text({ type: () => true, limit: '1mb' }), (request, response) =>
    answer(options, request, response),
  );
  return app;
}

/** What a call shows in the place of the secret; undefined where it shows nothing. */
function shownBy({ credentials }: CustomAppOptions, request: Request): string | undefined {
  const shown = Object.keys(credentials()).map((name) => request.header(name));
  return shown.every((value) => value === undefined) ? undefined : JSON.stringify(shown);
}

function answer(options: CustomAppOptions, request: Request, response: Response): void {
  const shown = shownBy(options, request);
  const isGood = shown === JSON.stringify(Object.values(options.credentials()));
  if (!isGood && (shown !== undefined || request.method !== 'GET')) return void response.sendStatus(401);
  try {
    const {
      status,
      json,
      headers = {},
    } = options.standIn(asTold(request), accountsFor(options, request, shown));
    response.status(status).set(headers);
    if (json === undefined) response.end();
    else response.type('json').send(JSON.stringify(json));
  } catch (error) {
    // Whoever writes a stand-in wants to see what is wrong with it.
    console.error(`The stand-in of ${request.method} ${request.path} failed:`, error);
    response.sendStatus(500);
  }
}

function asTold(request: Request): StandInRequest {
  const query = Object.entries(request.query).map(([name, value]) => [name, String(value)]);
  return {
    method: request.method,
    path: request.path.split('/').filter(Boolean).map(decodeURIComponent),
    query: Object.fromEntries(query) as Record<string, string>,
    json: typeof request.body === 'string' ? parseJson(request.body) : undefined,
  };
}

function accountsFor({ store, faults, ageMs, onFault }: CustomAppOptions, request: Request, token?: string) {
  const operation = operationOf(request.method, request.path);
  return standInAccounts(store, () => {
    const fault = token === undefined ? undefined : faults.take({ operation, token }, 'search');
    if (fault !== undefined) onFault();
    return { fault, ageMs };
  });
}
