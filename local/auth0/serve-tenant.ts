import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import { createDemoApp } from '../demo/demo-app';
import { demoOptions } from '../demo/demo-options';
import { listen, type PortPlan } from '../listen';
import type { Session } from '../session';
import { confirmationMail } from './confirmation-mail';
import { EmailConfirmations } from './email-confirmations';
import { apisOf } from './tenant/apis-of';
import { connectionsOf } from './tenant/connections-of';
import { createTenantFront, demoApplication } from './tenant/create-tenant-front';
import { invitationApplications } from './tenant/invitation-applications';
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
  /** Of the application of the pages on which invitations are accepted. */
  readonly invitationSecret: string;
}

/** Lets the tenant and the demo application answer. */
export function serveTenant(
  { tenant, demo }: TenantDoors,
  { run, outputs, people, codes, service, invitationSecret: secret }: Served,
): void {
  const domain = outputs.stack.Auth0Tenant ?? '';
  const apis = apisOf(run.resources);
  const application = demoApplication(demo.url);
  const functions = run.functions.list();
  const places = { demo: application, pageUrl: outputs.stack.InvitationPageUrl, secret };
  const applications = [application, service, ...invitationApplications(functions, places)];
  const options = {
    domain,
    people,
    codes,
    applications,
    apis,
    now: run.clock.now,
    confirmations: new EmailConfirmations(
      tenant.url,
      (mail) => void run.outbox.send(confirmationMail(domain, mail)),
    ),
    connections: connectionsOf(namedConnections(functions)),
  };
  tenant.serve(whenAsked(async () => createTenantFront(options)));
  demo.serve(
    createDemoApp(
      demoOptions(outputs, {
        ...{ home: demo.url, tenantUrl: tenant.url, application, service, api: apis[0] },
        roles: people.roles.list().map(({ name }) => name),
      }),
    ),
  );
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
