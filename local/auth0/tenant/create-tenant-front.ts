import { randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import type { EmailConfirmations } from '../email-confirmations';
import type { People } from '../people';
import { Accounts } from './accounts';
import { createBrowserRoutes } from './browser-routes';
import { createConfirmationRoutes } from './confirmation-routes';
import { Flows } from './flows';
import type { ResourceServer } from './issued';
import { createLogout } from './logout';
import { createOidc } from './oidc';
import type { OneTimeCodes } from './one-time-codes';
import { renderTenantError } from './pages';
import { addPasswordGrant } from './password-grant';
import type { Application, TenantConnection, TenantParts } from './tenant-parts';
import { createTicketRoutes } from './ticket-routes';
import { createTokenRoutes } from './token-routes';
import { createTokenSigner, type KeyPair, newKeyPair } from './token-signer';

export interface TenantFrontOptions {
  /** Such as `punctual-dev.eu.auth0.com`; tokens are issued under it. */
  readonly domain: string;
  readonly people: People;
  readonly codes: OneTimeCodes;
  readonly connections: readonly TenantConnection[];
  readonly apis: readonly ResourceServer[];
  readonly applications: readonly Application[];
  /** The mails of sign-ups. @default nobody gets any */
  readonly confirmations?: EmailConfirmations;
  /** Epoch ms. */
  readonly now: () => number;
  /** That tokens are signed with. @default new ones */
  readonly keys?: Promise<KeyPair>;
}

/** The front of a tenant: what its domain answers to browsers and to applications. */
export async function createTenantFront(options: TenantFrontOptions): Promise<RequestListener> {
  const { domain, people, now } = options;
  const parts: TenantParts = {
    ...options,
    ...{ flows: new Flows(now), issued: new Map(), visitors: new Map() },
    signer: await createTokenSigner(`https://${domain}/`, now, await (options.keys ?? newKeyPair())),
  };
  const accounts = new Accounts(people, options.confirmations);
  const { errors } = await import('oidc-provider');
  const provider = await createOidc(parts, { error: (words) => renderTenantError(words) });
  addPasswordGrant(provider, parts, accounts, errors);
  provider.use(async (ctx, next) => {
    // There is no TLS on this machine, which oidc-provider is to know rather than to miss.
    ctx.req.headers['x-forwarded-proto'] ??= 'http';
    await next();
  });
  provider.use(createBrowserRoutes(parts, accounts, provider));
  provider.use(createTicketRoutes(parts, accounts));
  provider.use(createConfirmationRoutes(parts));
  provider.use(createLogout(parts, provider));
  provider.use(createTokenRoutes(parts));
  return provider.callback();
}

/** The one application of the local run that people see. */
export function demoApplication(demoUrl: string): Application {
  return {
    ...{ client_id: 'demo', name: 'Punctual demo', home: demoUrl },
    ...{ callbacks: [`${demoUrl}/callback`], logoutUrls: [`${demoUrl}/`] },
    initiateLoginUri: `${demoUrl}/login`,
  };
}

/** One for a program that comes for itself. */
export function serviceApplication(): Application & { readonly secret: string } {
  const secret = randomBytes(32).toString('base64url');
  return { client_id: 'service', name: 'A service', secret, callbacks: [], logoutUrls: [] };
}
