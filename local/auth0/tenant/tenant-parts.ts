import type { EmailConfirmations } from '../email-confirmations';
import type { People } from '../people';
import type { Visitor } from '../post-login/login';
import type { Flows } from './flows';
import type { Issued, ResourceServer } from './issued';
import type { OneTimeCodes } from './one-time-codes';
import type { TokenSigner } from './token-signer';

/** An application that is registered in the tenant. */
export interface Application {
  readonly client_id: string;
  readonly name: string;
  /** Of one that runs where nobody sees it; absent of one whose secret everybody would know. */
  readonly secret?: string;
  /** None of a program that comes for itself. */
  readonly callbacks: readonly string[];
  /** Where it may send people after they left. */
  readonly logoutUrls: readonly string[];
  /** Where a login begins anew. */
  readonly home?: string;
  /** Where the tenant lets a login begin, `initiate_login_uri`. */
  readonly initiateLoginUri?: string;
}

export interface TenantConnection {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
}

/** What the parts of the tenant's front share. */
export interface TenantParts {
  /** Such as `punctual-dev.eu.auth0.com`. */
  readonly domain: string;
  readonly people: People;
  readonly flows: Flows;
  readonly signer: TokenSigner;
  readonly codes: OneTimeCodes;
  /** Who is in which session of oidc-provider. */
  readonly visitors: Map<string, Visitor>;
  /** By the grant of oidc-provider. */
  readonly issued: Map<string, Issued>;
  readonly connections: readonly TenantConnection[];
  readonly apis: readonly ResourceServer[];
  readonly applications: readonly Application[];
  /** The mails of sign-ups; absent where nobody gets any. */
  readonly confirmations?: EmailConfirmations;
  /** Epoch ms. */
  readonly now: () => number;
}
