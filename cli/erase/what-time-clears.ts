import type { Remainder } from '../certificate/certificate';

const DAY_MS = 24 * 60 * 60_000;

/** What nobody can delete from, and for how many days it keeps what it was given. */
const REMAINS: readonly (readonly [what: string, days: number])[] = [
  ['messages that were under way to a system; they end at their next delivery', 14],
  ['backups of the tables, which can be restored to any second of the last 35 days', 35],
  ['logs of Punctual, which name people by userRef only', 90],
  ["logs of the Auth0 tenant, for up to 30 days by the tenant's plan", 30],
];

/** @param now epoch ms */
export function whatTimeClears(now: number): Remainder[] {
  return REMAINS.map(([what, days]) => ({ what, until: new Date(now + days * DAY_MS).toISOString() }));
}
