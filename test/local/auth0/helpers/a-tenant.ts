import { type ConfirmationMail, EmailConfirmations } from '../../../../local/auth0/email-confirmations';
import { createPeople, type People } from '../../../../local/auth0/people';
import { openDoor } from '../../../../local/auth0/serve-tenant';
import {
  createTenantFront,
  demoApplication,
  serviceApplication,
} from '../../../../local/auth0/tenant/create-tenant-front';
import { OneTimeCodes } from '../../../../local/auth0/tenant/one-time-codes';
import { newKeyPair } from '../../../../local/auth0/tenant/token-signer';
import { TenantUsers, type UserChange } from '../../../../local/auth0/tenant-users';
import { createTrigger } from '../../../../local/auth0/trigger';
import { closeServer, planPorts } from '../../../../local/listen';

export const DOMAIN = 'acme.eu.auth0.com';
export const API = 'https://punctual/dev';
export const CONNECTIONS = [
  { id: 'con_1', name: 'Username-Password-Authentication', strategy: 'auth0' },
  { id: 'con_2', name: 'google-oauth2', strategy: 'google-oauth2' },
  { id: 'con_3', name: 'acme-saml', strategy: 'samlp' },
];

export interface ATenant {
  readonly url: string;
  readonly people: People;
  readonly codes: OneTimeCodes;
  readonly changes: UserChange[];
  /** Those of sign-ups. */
  readonly mails: ConfirmationMail[];
  /** What the Actions printed. */
  readonly printed: string[];
  readonly service: { readonly client_id: string; readonly secret: string };
  /** Lets time pass. */
  pass(ms: number): void;
  stop(): Promise<void>;
}

/** New ones for each tenant would take most of a test's time. */
const keys = newKeyPair();

/** The home of the one application; nobody listens there. */
export const HOME = 'http://127.0.0.1:9';

/** One with a secret, which people log in to. */
export const CONFIDENTIAL = {
  ...{ client_id: 'confidential', name: 'A server', secret: 's3cret', logoutUrls: [] },
  callbacks: [`${HOME}/callback`],
};

/**
 * A tenant whose post-login Actions have these sources, in their order.
 *
 * @param home of its application
 */
export async function aTenant(
  actions: readonly string[] = [],
  registration = 'exports.onExecutePostUserRegistration = async () => {};',
  home = HOME,
): Promise<ATenant> {
  let passedMs = 0;
  const now = () => Date.now() + passedMs;
  const clock = { now, scale: 1, startedAt: 0, realDelayMs: (ms: number) => ms };
  const [changes, printed]: [UserChange[], string[]] = [[], []];
  const trigger = (codes: readonly string[]) =>
    createTrigger({
      actions: () =>
        codes.map((code, index) => ({
          id: `${index}`,
          name: `action ${index}`,
          code,
          secrets: { KEY: 'k' },
        })),
      ...{ clock, print: (line: string) => void printed.push(line) },
    });
  const people = createPeople({
    ...{ users: new TenantUsers(now), domain: DOMAIN, now, onSignUp: () => undefined },
    stream: { tell: (told) => void changes.push(...told) },
    ...{ registration: trigger([registration]), login: trigger(actions) },
  });
  const { server, url, serve } = await openDoor(planPorts(), 'the tenant');
  const codes = new OneTimeCodes();
  const mails: ConfirmationMail[] = [];
  const service = serviceApplication();
  const applications = [demoApplication(home), service, CONFIDENTIAL];
  const listener = await createTenantFront({
    ...{ domain: DOMAIN, people, codes, connections: CONNECTIONS, applications, now, keys },
    confirmations: new EmailConfirmations(url, (mail) => void mails.push(mail)),
    apis: [{ identifier: API, scopes: ['read:me', 'admin'] }],
  });
  serve(listener);
  return {
    ...{ url, people, codes, changes, mails, printed, service },
    pass: (ms) => {
      passedMs += ms;
    },
    stop: () => closeServer(server),
  };
}
