import { MOST_EXPIRY_DAYS } from '../../events/invitations/invitation';
import type { SigningKey } from '../../events/key-ring';

/** A function knows the ring of five minutes ago: each knows a new key before the first one uses it. */
export const BEGINS_AFTER_MS = 10 * 60_000;
/** A day more than an invitation lasts: clocks differ, so that the API takes some hours more, and logins end later. */
const OPEN_AT_MOST_MS = (MOST_EXPIRY_DAYS + 1) * 24 * 60 * 60_000;

const madeAt = ({ createdAt = 0 }: SigningKey) => createdAt;
export const beginOf = ({ notBefore, createdAt = 0 }: SigningKey) => notBefore ?? createdAt;

/** Epoch ms from which on no invitation is open whose link was made with the key; undefined of the newest. */
export function overAt(key: SigningKey, keys: readonly SigningKey[]): number | undefined {
  const newer = keys.filter((other) => madeAt(other) > madeAt(key)).map(beginOf);
  return newer.length === 0 ? undefined : Math.min(...newer) + OPEN_AT_MOST_MS;
}

/** The keys that an open invitation may need. */
export function neededKeys(keys: readonly SigningKey[], now: number): SigningKey[] {
  return keys.filter((key) => (overAt(key, keys) ?? Number.POSITIVE_INFINITY) > now);
}
