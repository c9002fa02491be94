import type { Brand } from '../../../status-page/layout/brand';

/** An application that people land in. */
export interface LandingApplication {
  /** What pages call it. */
  readonly label: string;
  /** Its `initiate_login_uri`. */
  readonly loginUri: string;
}

/** What the configuration says of the pages. */
export interface PageSettings {
  /** Address of the pages, with its trailing slash. */
  readonly pageUrl: string;
  /** Whose tokens count, such as `https://login.acme.com/`. */
  readonly issuer: string;
  /** Where people log in: the same place as a browser finds it, without a slash at its end. */
  readonly loginOrigin: string;
  readonly clientId: string;
  /** The API whose tokens say who somebody is. */
  readonly audience: string;
  /** What the names of our claims begin with. */
  readonly claimNamespace: string;
  /** By name; the first is for who cannot be told where to. */
  readonly applications: Readonly<Record<string, LandingApplication>>;
  /** The system that gives out what an invitation grants. */
  readonly grantingSystem: string;
  /** How long somebody waits for it. */
  readonly deadlineMs: number;
  readonly brand: Brand;
}
