import { attributeName } from '../../events/attribute-name';
import type { AttributeValue, EventConnection, EventUser } from '../../events/event-schema';
import { NotEmitted } from './emit-codes';
import { LIMITS } from './limits';
import { readText, readTimestamp, readValue } from './read-value';

/**
 * What leaves Auth0 about a person: the six fields every system needs, and the configured attributes. Nothing
 * else does, whatever Auth0 adds to its event later.
 */
export function userSnapshot(event: unknown, attributePaths: readonly string[]): EventUser {
  const userId = readText(event, 'user.user_id', LIMITS.userId);
  if (userId === undefined) throw new NotEmitted('bad-event');
  const verified = readValue(event, 'user.email_verified');
  return {
    ...configuredAttributes(event, attributePaths),
    ...withoutUndefined({
      user_id: userId,
      created_at: readTimestamp(event, 'user.created_at'),
      updated_at: readTimestamp(event, 'user.updated_at'),
      email: readText(event, 'user.email', LIMITS.email),
      email_verified: typeof verified === 'boolean' ? verified : undefined,
      username: readText(event, 'user.username', LIMITS.username),
    }),
  } as EventUser;
}

/** The connection a person came through, without Auth0's id and metadata of it. */
export function connectionSnapshot(event: unknown): EventConnection | undefined {
  const name = readText(event, 'connection.name', LIMITS.connectionName);
  const strategy = readText(event, 'connection.strategy', LIMITS.connectionStrategy);
  return name === undefined || strategy === undefined ? undefined : { name, strategy };
}

function configuredAttributes(event: unknown, paths: readonly string[]): Record<string, AttributeValue> {
  const entries = paths.map((path) => [attributeName(path), toAttribute(readValue(event, `user.${path}`))]);
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
