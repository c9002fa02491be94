/**
 * Reads `path` (such as `user.user_metadata.country`) from an object that somebody else made. Whatever is
 * missing, throws on access or is not an object on the way is `undefined`: one odd attribute must not cost a
 * registration.
 */
export function readValue(source: unknown, path: string): unknown {
  try {
    return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], source);
  } catch {
    return undefined;
  }
}

/** A string of 1 to `maxLength` characters, else `undefined`. */
export function readText(source: unknown, path: string, maxLength: number): string | undefined {
  const value = readValue(source, path);
  return typeof value === 'string' && value !== '' && value.length <= maxLength ? value : undefined;
}

/** Auth0 hands over timestamps as a string or as a Date of another realm, where `instanceof` fails. */
export function readTimestamp(source: unknown, path: string): string | undefined {
  const value = readValue(source, path);
  if (value === null || (typeof value !== 'string' && typeof value !== 'object')) return undefined;
  try {
    return new Date(value as string | Date).toISOString();
  } catch {
    return undefined;
  }
}
