import { attributeName } from './attribute-name';
import { LIMITS } from './event-limits';
import type { AttributeValue } from './event-schema';
import { readText, readValue } from './read-value';
import { userAttributesOf } from './user-attributes';

/**
 * What a whole profile says of its user beside the id: what leaves Auth0 of it, `null` for what it does not have, whether
 * the user is blocked, and which users were linked to them. Only who sees the whole profile can say that: Auth0's event
 * stream, and the Management API.
 */
export function wholeProfileOf(
  profile: unknown,
  attributes: readonly string[],
): Record<string, AttributeValue> {
  return {
    ...emptyOf(profile, attributes),
    ...(userAttributesOf(profile, attributes) as Record<string, AttributeValue>),
    ...knownOfWholes(profile),
  };
}

/** Of whom several users were linked into: whoever has one that brings accounts has it by whichever they come. */
export function linkedConnectionsOf(profile: unknown): { connections?: readonly string[] } {
  const names = identitiesOf(profile)
    .map((identity) => readText(identity, 'connection', LIMITS.connectionName))
    .filter((name) => name !== undefined);
  const connections = [...new Set(names)].slice(0, LIMITS.listItems);
  return connections.length > 1 ? { connections } : {};
}

// What is there and cannot be sent stays unsaid.
function emptyOf(profile: unknown, attributes: readonly string[]): Record<string, null> {
  const empty = attributes.filter((path) => readValue(profile, path) === undefined);
  return Object.fromEntries(empty.map((path) => [attributeName(path), null]));
}

function knownOfWholes(profile: unknown): Record<string, AttributeValue> {
  const blocked = readValue(profile, 'blocked');
  const identities = identitiesOf(profile)
    .map((identity) => userIdOf(identity))
    .filter((id) => id !== undefined)
    .filter((id) => id.length <= LIMITS.listItemText);
  return {
    ...(typeof blocked === 'boolean' ? { blocked } : {}),
    ...(identities.length > 0 ? { identities: identities.slice(0, LIMITS.listItems) } : {}),
  };
}

function identitiesOf(profile: unknown): readonly unknown[] {
  const identities = readValue(profile, 'identities');
  try {
    return Array.isArray(identities) ? Array.from(identities) : [];
  } catch {
    return [];
  }
}

// Auth0 splits an id at its first bar here, and writes it in one everywhere else.
function userIdOf(identity: unknown): string | undefined {
  const provider = readText(identity, 'provider', LIMITS.connectionStrategy);
  const id = readValue(identity, 'user_id');
  const isId = (typeof id === 'string' && id !== '') || typeof id === 'number';
  return provider === undefined || !isId ? undefined : `${provider}|${id}`;
}
