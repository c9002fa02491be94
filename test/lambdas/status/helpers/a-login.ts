import { type JWTPayload, SignJWT } from 'jose';
import type { StandingRow } from '../../../../events/readiness';
import type { StatusSettings } from '../../../../lambdas/status/status-settings';
import { createTakeSnapshot } from '../../../../lambdas/status/take-snapshot';
import type { ReadTokenSecrets } from '../../../../lambdas/status/tokens/token-secrets';
import { NOW } from '../../../helpers/events';

export const STATUS_SECRET = 'S'.repeat(44);
export const RETURN_SECRET = 'R'.repeat(44);
export const STATE = 'hKFo2SAtNkx2Mi1xcm9sek5HRXBJU0JsVFdGMUlh';
export const USER = 'auth0|ada';
/** As a userRef looks, and as the test's own userRef of {@link USER} is. */
export const REF = refOf(USER);

export function refOf(userId: string): string {
  return userId.replace(/\W/g, '-').padEnd(43, '_');
}

const OTHERS = { default: true, except: ['github', 'employees'] };
/** Who comes by `github` gets no account, and who comes by `employees` one in `crm` alone. */
export const SETTINGS: StatusSettings = {
  systems: [
    { name: 'crm', label: 'Customer file', required: true, jitRule: { default: true, except: ['github'] } },
    { name: 'tickets', label: 'Tickets', required: true, jitRule: OTHERS },
    { name: 'video', label: 'Video', required: false, jitRule: OTHERS },
  ],
  deadlineMs: 8_000,
  onFailed: 'continue',
  brand: { name: 'Acme' },
};

/** What the Action signs. */
export const CLAIMS = {
  purpose: 'status',
  sub: USER,
  iss: 'acme.eu.auth0.com',
  exp: NOW / 1000 + 300,
  origin: 'https://login.acme.com',
  app: 'https://app.acme.com',
  at: NOW,
  connection: 'Username-Password-Authentication',
};

export function signed(claims: JWTPayload, secret = STATUS_SECRET, alg = 'HS256'): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret));
}

export const aStatusToken = (claims: object = {}, secret = STATUS_SECRET) =>
  signed({ ...CLAIMS, ...claims }, secret);

export const secretsOf =
  (...secrets: string[]): ReadTokenSecrets =>
  async () =>
    secrets;

/** Everything behind the routes, in memory. */
export function setUp({ rows = [] as StandingRow[], settings = SETTINGS } = {}) {
  const clock = { now: NOW };
  const asked: string[] = [];
  const lives: (string | undefined)[] = [];
  const now = () => clock.now;
  const rowsOf = async (userRef: string, generation?: string) => {
    asked.push(userRef);
    lives.push(generation);
    return rows;
  };
  const secrets = { statusSecrets: secretsOf(STATUS_SECRET), returnSecrets: secretsOf(RETURN_SECRET) };
  const takeSnapshot = createTakeSnapshot({ rowsOf, ...secrets, settings, now });
  const session = { ...secrets, userRefOf: async (userId: string) => refOf(userId), now, takeSnapshot };
  return { clock, asked, lives, rows, rowsOf, settings, session };
}

/** A call of the HTTP API. */
export function aCall(call: object) {
  return { routeKey: '$default', headers: {}, isBase64Encoded: false, ...call };
}
