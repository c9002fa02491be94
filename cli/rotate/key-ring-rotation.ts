import type { SigningKey } from '../../events/key-ring';

/** So long a key that signs nothing any more still verifies what is redriven late. */
export const VERIFY_ONLY_MS = 30 * 24 * 60 * 60_000;

export function isEnded({ notAfter }: SigningKey, now: number): boolean {
  return notAfter !== undefined && notAfter <= now;
}

/** Keys that may still sign. */
export function signingKeys(keys: readonly SigningKey[], now: number): SigningKey[] {
  return keys.filter((key) => !isEnded(key, now));
}

/** The ring with a new key in front. What the key it replaces signs is still good. */
export function withNewKey(keys: readonly SigningKey[], secret: string, now: number): SigningKey[] {
  return [{ secret, createdAt: now }, ...keys];
}

/**
 * The ring in which only the newest key signs from now on. An end in the future, set by hand, is brought forward.
 * Those whose end is long past are gone.
 */
export function withOldKeysEnded(keys: readonly SigningKey[], newest: SigningKey, now: number): SigningKey[] {
  return keys
    .filter(({ notAfter }) => notAfter === undefined || now - notAfter <= VERIFY_ONLY_MS)
    .map((key) => (key === newest || isEnded(key, now) ? key : { ...key, notAfter: now }));
}
