import { attributeName } from './attribute-name';
import { LIMITS } from './event-limits';
import type { AttributeValue, EventConnection, UserAttributes } from './event-schema';
import { readText, readTimestamp, readValue } from './read-value';

/**
 * What leaves Auth0 about a person beside their id: the five fields every system needs, and the configured attributes.
 * Nothing else does, whatever Auth0 adds to its profiles later.
 */
export function userAttributesOf(profile: unknown, attributePaths: readonly string[]): UserAttributes {
  const verified = readValue(profile, 'email_verified');
  return {
    ...configuredAttributes(profile, attributePaths),
    ...withoutUndefined({
      created_at: readTimestamp(profile, 'created_at'),
      updated_at: readTimestamp(profile, 'updated_at'),
      email: readText(profile, 'email', LIMITS.email),
      email_verified: typeof verified === 'boolean' ? verified : undefined,
      username: readText(profile, 'username', LIMITS.username),
    }),
  } as UserAttributes;
}

/** The connection of a profile: the first identity is the one that it is made of. */
export function primaryConnectionOf(profile: unknown): EventConnection | undefined {
  const name = readText(profile, 'identities.0.connection', LIMITS.connectionName);
  const strategy = readText(profile, 'identities.0.provider', LIMITS.connectionStrategy);
  return name === undefined || strategy === undefined ? undefined : { name, strategy };
}

function configuredAttributes(profile: unknown, paths: readonly string[]): Record<string, AttributeValue> {
  const entries = paths.map((path) => [attributeName(path), toAttribute(readValue(profile, path))]);
  return withoutUndefined(Object.fromEntries(entries)) as Record<string, AttributeValue>;
}

/** A copy that the API takes; `undefined` for objects, endless numbers and what is too long or throws. */
function toAttribute(value: unknown): AttributeValue | undefined {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.length <= LIMITS.attributeText ? value : undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return Array.isArray(value) ? textList(value) : undefined;
}

function textList(value: readonly unknown[]): string[] | undefined {
  try {
    const list = Array.from(value.slice(0, LIMITS.listItems + 1));
    return list.length <= LIMITS.listItems && list.every(isListText) ? list : undefined;
  } catch {
    return undefined;
  }
}

function isListText(item: unknown): item is string {
  return typeof item === 'string' && item.length <= LIMITS.listItemText;
}

function withoutUndefined<T extends object>(record: T): Partial<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Partial<T>;
}
