import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import { API_ROUTES } from '../../events/provisioning-api/routes';
import { externalIdOf } from '../../events/user-ref';
import { createDemoApp, type DemoAppOptions } from '../demo/demo-app';
import { askForAccount, lookUpAccount } from '../demo/find-account';
import { listen, type PortPlan } from '../listen';
import type { Outputs } from '../outputs';
import type { Session } from '../session';
import { apisOf } from './tenant/apis-of';
import { connectionsOf } from './tenant/connections-of';
import { createTenantFront, demoApplication } from './tenant/create-tenant-front';
import type { ResourceServer } from './tenant/issued';
import { namedConnections } from './tenant/named-connections';
import type { Application } from './tenant/tenant-parts';

/** A server whose address is known before what it serves, which has to know the addresses of others. */
export interface Door {
  readonly server: Server;
  readonly url: string;
  serve(listener: RequestListener): void;
}

/** @param what listens, in words for an error */
export async function openDoor(ports: PortPlan, what: string): Promise<Door> {
  let listener: RequestListener = (_, response) => response.writeHead(503).end();
  const server = createServer((request, response) => listener(request, response));
  const url = `http://127.0.0.1:${await listen(server, ports.next(), what)}`;
  return {
    ...{ server, url },
    serve: (to) => {
      listener = to;
    },
  };
}

export interface TenantDoors {
  readonly tenant: Door;
  readonly demo: Door;
}

interface Served extends Pick<Session, 'run' | 'outputs' | 'people' | 'codes'> {
  /** Of a program that comes for itself. */
  readonly service: Application;
}

/** Lets the tenant and the demo application answer. */
export function serveTenant(
  { tenant, demo }: TenantDoors,
  { run, outputs, people, codes, service }: Served,
): void {
  const domain = outputs.stack.Auth0Tenant ?? '';
  const apis = apisOf(run.resources);
  const application = demoApplication(demo.url);
  const applications = [application, service];
  const options = {
    domain,
    people,
    codes,
    applications,
    apis,
    now: run.clock.now,
    connections: connectionsOf(namedConnections(run.functions.list())),
  };
  tenant.serve(whenAsked(async () => createTenantFront(options)));
  const [api] = apis;
  demo.serve(
    createDemoApp({
      home: demo.url,
      tickets: ticketsOf(outputs),
      tenant: {
        ...{ url: tenant.url, issuer: `https://${domain}/`, clientId: application.client_id },
        audience: api?.identifier,
        scopes: ['openid', 'profile', 'email', ...personalScopes(api)],
      },
    }),
  );
}

/** What a person may ask of their own. */
function personalScopes(api: ResourceServer | undefined): string[] {
  const personal = Object.values(API_ROUTES).filter((route) => route.for === 'person');
  return [...new Set(personal.map(({ scope }) => scope))].filter((scope) => api?.scopes.includes(scope));
}

/** With the provisioning API an account is asked for; a stack without one is looked around in. */
function ticketsOf({ stack, local }: Outputs): DemoAppOptions['tickets'] {
  const url = local.Systems.tickets;
  if (url === undefined) return undefined;
  const { ProvisioningApiUrl: apiUrl, Auth0Tenant: domain = '', EnvironmentName: name = '' } = stack;
  if (apiUrl !== undefined) return { url, findAccount: askForAccount(apiUrl, 'tickets') };
  return { url, findAccount: lookUpAccount(url, (userId) => externalIdOf(domain, name, userId)) };
}

/** Keys and an OpenID provider take most of a second, which a run without logins shall not wait for. */
function whenAsked(create: () => Promise<RequestListener>): RequestListener {
  let made: Promise<RequestListener> | undefined;
  return (request, response) => {
    made ??= create();
    made.then(
      (listener) => listener(request, response),
      (error) => response.writeHead(500).end(`The tenant failed: ${String(error)}`),
    );
  };
}
