import type { SigningKey } from '../../events/key-ring';

/** So long a key that signs nothing any more still verifies what is redriven late. */
const VERIFY_ONLY_MS = 30 * 24 * 60 * 60_000;

/** Keys that may sign now: neither ended, nor laid in for later. */
export function signingKeys(keys: readonly SigningKey[], now: number): SigningKey[] {
  return keys.filter(({ notBefore = 0, notAfter }) => {
    return notBefore <= now && (notAfter === undefined || notAfter > now);
  });
}

/** The one of them that was made last; undefined when they do not tell, as those that people wrote may not. */
export function clearlyNewest(keys: readonly SigningKey[]): SigningKey | undefined {
  const madeAt = ({ createdAt = 0 }: SigningKey) => createdAt;
  const last = Math.max(...keys.map(madeAt));
  const newest = keys.filter((key) => madeAt(key) === last);
  return newest.length === 1 ? newest[0] : undefined;
}

/** The ring with a new key in front. What the key it replaces signs is still good. */
export function withNewKey(keys: readonly SigningKey[], secret: string, now: number): SigningKey[] {
  return [{ secret, createdAt: now }, ...keys];
}

/**
 * The ring in which these keys sign no more from now on. An end in the future, set by hand, is brought forward. Keys
 * whose end is long past are gone.
 */
export function withKeysEnded(
  keys: readonly SigningKey[],
  ended: readonly SigningKey[],
  now: number,
): SigningKey[] {
  return keys
    .filter(({ notAfter }) => notAfter === undefined || now - notAfter <= VERIFY_ONLY_MS)
    .map((key) => (ended.includes(key) ? { ...key, notAfter: now } : key));
}

/** The text of the secret with these keys in it. What else somebody noted beside them stays. */
export function withKeys(secretText: string, keys: readonly SigningKey[]): string {
  const text = secretText.trim();
  const fields = text.startsWith('{') ? (JSON.parse(text) as object) : {};
  return JSON.stringify({ ...fields, keys });
}
