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

const MOST_NAMES = 200;
const NAME_LENGTH = 64;

/** A list of names of systems; undefined where it is anything else. */
export function readNames(source: unknown, path: string): readonly string[] | undefined {
  const value = readValue(source, path);
  try {
    if (!Array.isArray(value) || value.length > MOST_NAMES) return undefined;
    const isName = (one: unknown) => typeof one === 'string' && one.length <= NAME_LENGTH;
    return value.every(isName) ? Array.from<string>(value) : undefined;
  } catch {
    return undefined;
  }
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
