import { API_ROUTES } from '../../events/provisioning-api/routes';
import { externalIdOf } from '../../events/user-ref';
import type { ResourceServer } from '../auth0/tenant/issued';
import type { Application } from '../auth0/tenant/tenant-parts';
import type { Outputs } from '../outputs';
import type { DemoAppOptions } from './demo-app';
import { askForAccount, lookUpAccount } from './find-account';
import { Funnel } from './funnel';
import { createInvitationsApi, INVITING } from './invitations-api';

export interface DemoSurroundings {
  /** Its own address. */
  readonly home: string;
  readonly tenantUrl: string;
  readonly application: Application;
  /** A program that comes for itself. */
  readonly service: Application;
  /** Of the run, in the tenant. */
  readonly api: ResourceServer | undefined;
  /** Names of roles that may be given. */
  readonly roles: readonly string[];
}

/** The demo application of a run, with as much as the stack of the run has. */
export function demoOptions(outputs: Outputs, surroundings: DemoSurroundings): DemoAppOptions {
  const { home, tenantUrl, application, api } = surroundings;
  return {
    ...{ home, tickets: ticketsOf(outputs), funnel: funnelOf(outputs, surroundings) },
    tenant: {
      ...{ url: tenantUrl, issuer: `https://${outputs.stack.Auth0Tenant ?? ''}/` },
      ...{ clientId: application.client_id, audience: api?.identifier },
      scopes: ['openid', 'profile', 'email', ...personalScopes(api)],
    },
  };
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

/** Where the API of the run makes invitations. Everybody who comes by it gets one role, so that there is one to see. */
function funnelOf(
  { stack, local }: Outputs,
  { tenantUrl, service, api, roles }: DemoSurroundings,
): Funnel | undefined {
  const { ProvisioningApiUrl: apiUrl } = stack;
  if (apiUrl === undefined || !api?.scopes.includes(INVITING)) return undefined;
  const client = { id: service.client_id, secret: service.secret ?? '' };
  const invitations = createInvitationsApi({
    ...{ apiUrl, client, tokenUrl: `${tenantUrl}/oauth/token`, audience: api.identifier },
    roles: roles.slice(0, 1),
  });
  return new Funnel({ ...invitations, outboxUrl: local.OutboxUrl });
}
