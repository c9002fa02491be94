import { CliError, usageError } from '../cli-error';
import type { Deps } from '../deps';
import { type Outputs, outputOf } from '../target/outputs';
import type { TenantOptions } from './auth0-tenant';

export type TenantAccess = Omit<TenantOptions, 'hide'>;

/**
 * Where the tenant is and who we are there. A local run has its stand-in, and its commands never reach a real
 * tenant, whatever the environment says.
 */
export function tenantAccess(
  outputs: Outputs,
  { environment, fetch }: Pick<Deps, 'environment' | 'fetch'>,
): TenantAccess {
  return outputs.local === undefined
    ? realTenant(outputs, environment, fetch)
    : standIn(outputs.local, fetch);
}

function realTenant(outputs: Outputs, environment: Deps['environment'], fetch: Deps['fetch']): TenantAccess {
  const { AUTH0_CLIENT_ID: clientId, AUTH0_CLIENT_SECRET: clientSecret } = environment;
  if (!clientId || !clientSecret) {
    const hint = 'They are those of a Machine to Machine application, see docs/auth0.md';
    throw new CliError('no-client-credentials', 'AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET are not set', hint);
  }
  return { domain: domainOf(outputs, environment.AUTH0_DOMAIN), clientId, clientSecret, fetch };
}

/** Users of another tenant than the stack's would be sent to it, and no link would ever be theirs. */
function domainOf(outputs: Outputs, given: string | undefined): string {
  const tenant = outputOf(outputs, 'Auth0Tenant');
  if (!given || given === tenant) return tenant;
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(given)) {
    throw usageError('AUTH0_DOMAIN is not a host name', 'Write it like name.eu.auth0.com');
  }
  throw new CliError(
    'wrong-domain',
    `${outputs.stackName} provisions for ${tenant}, and AUTH0_DOMAIN is ${given}`,
    'Unset AUTH0_DOMAIN, or name the stack of that tenant with --stack',
  );
}

function standIn({ ManagementApi: api }: NonNullable<Outputs['local']>, fetch: Deps['fetch']): TenantAccess {
  if (api === undefined) {
    throw new CliError('output-missing', 'The local run has no Management API', 'Restart npm start');
  }
  const { Domain: domain, ClientId: clientId, ClientSecret: clientSecret } = api;
  return { domain, clientId, clientSecret, fetch: towards(api, fetch) };
}

/** Sends what is meant for a tenant to its stand-in, with the host that it was meant for. */
function towards({ Url }: { readonly Url: string }, fetch: Deps['fetch']): Deps['fetch'] {
  return (input, init) => {
    const { host, pathname, search } = new URL(input instanceof Request ? input.url : input);
    const headers = new Headers(init?.headers);
    headers.set('x-forwarded-host', host);
    return fetch(`${Url}${pathname}${search}`, { ...init, headers });
  };
}
