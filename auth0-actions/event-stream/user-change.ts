import { attributeName } from '../../events/attribute-name';
import { buildEvent } from '../../events/build-event';
import { LIMITS } from '../../events/event-limits';
import type { AttributeValue, EventUser, UserEvent } from '../../events/event-schema';
import type { EventType } from '../../events/event-types';
import { INVITED } from '../../events/invitations/precreated';
import { readText, readTimestamp, readValue } from '../../events/read-value';
import { primaryConnectionOf } from '../../events/user-attributes';
import { NotEmitted } from '../emit/emit-codes';
import { userSnapshot } from '../emit/user-snapshot';

/** Why an event of the stream is not passed on. It is no failure: to try again would change nothing. */
export type Ignored = 'test-event' | 'other-event' | 'not-come-yet';

/** What Auth0 tells of, and where it says so. */
const MESSAGE = 'message';
const PROFILE = 'message.data.object';
const PREVIOUS = 'message.data.previous_object';

/** The event of a change of a user, in our words. Throws {@link NotEmitted}. */
export function userChange(event: unknown, attributes: readonly string[]): UserEvent | Ignored {
  if (readValue(event, `${MESSAGE}.a0purpose`) === 'test') return 'test-event';
  const type = typeOf(event);
  if (type === undefined) return 'other-event';
  if (MAKE_ACCOUNTS.has(type) && isYetToCome(event)) return 'not-come-yet';
  const id = readText(event, `${MESSAGE}.id`, LIMITS.eventId);
  const tenant =
    readText(event, `${MESSAGE}.a0tenant`, LIMITS.tenant) ?? readText(event, 'tenant.id', LIMITS.tenant);
  const time = Date.parse(readTimestamp(event, `${MESSAGE}.time`) ?? '');
  if (id === undefined || tenant === undefined || Number.isNaN(time)) throw new NotEmitted('bad-event');
  const connection = primaryConnectionOf(readValue(event, PROFILE));
  return buildEvent({
    ...{ id, type, at: time, source: `urn:auth0:${tenant}` },
    user: {
      ...emptyOf(event, attributes),
      ...userSnapshot({ user: readValue(event, PROFILE) }, attributes),
      ...knownToStreams(event),
    } as EventUser,
    ...(connection === undefined ? {} : { connection }),
    ...linkedConnectionsOf(event),
  });
}

const MAKE_ACCOUNTS: ReadonlySet<EventType> = new Set(['user.created', 'user.updated']);

// Their accounts come with the first login, or were asked for with the invitation.
const isYetToCome = (event: unknown) => readValue(event, `${PROFILE}.app_metadata.status`) === INVITED;

// Some of Auth0's pages write a prefix before the type.
function typeOf(event: unknown): EventType | undefined {
  const type = readText(event, `${MESSAGE}.type`, LIMITS.eventType)?.replace(/^com\.auth0\./, '');
  switch (type) {
    case 'user.created':
    case 'user.deleted':
      return type;
    case 'user.updated':
      return typeOfUpdate(event);
    default:
      return undefined;
  }
}

// Auth0 has no event of its own for it. An update that does not say what was before carries the flag along.
function typeOfUpdate(event: unknown): EventType {
  const blocked = readValue(event, `${PROFILE}.blocked`);
  const previous = readValue(event, PREVIOUS);
  const isKnown = typeof previous === 'object' && previous !== null;
  const wasBlocked = isKnown ? readValue(event, `${PREVIOUS}.blocked`) === true : undefined;
  if (blocked === true && wasBlocked !== true) return 'user.blocked';
  return blocked !== true && wasBlocked === true ? 'user.unblocked' : 'user.updated';
}

/**
 * What the profile does not have, as `null`: a stream shows the whole profile, so that what is missing is empty. What
 * is there and cannot be sent stays unsaid.
 */
function emptyOf(event: unknown, attributes: readonly string[]): Record<string, null> {
  const empty = attributes.filter((path) => readValue(event, `${PROFILE}.${path}`) === undefined);
  return Object.fromEntries(empty.map((path) => [attributeName(path), null]));
}

/** What only a stream says of a user: whether they are blocked, and which users were linked to them. */
function knownToStreams(event: unknown): Record<string, AttributeValue> {
  const blocked = readValue(event, `${PROFILE}.blocked`);
  const identities = identitiesOf(event)
    .map((identity) => userIdOf(identity))
    .filter((id) => id !== undefined)
    .filter((id) => id.length <= LIMITS.listItemText);
  return {
    ...(typeof blocked === 'boolean' ? { blocked } : {}),
    ...(identities.length > 0 ? { identities: identities.slice(0, LIMITS.listItems) } : {}),
  };
}

function identitiesOf(event: unknown): readonly unknown[] {
  const identities = readValue(event, `${PROFILE}.identities`);
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

// Of whom several users were linked into: whoever has one that brings accounts has it by whichever they come.
function linkedConnectionsOf(event: unknown): { connections?: readonly string[] } {
  const names = identitiesOf(event)
    .map((identity) => readText(identity, 'connection', LIMITS.connectionName))
    .filter((name) => name !== undefined);
  const connections = [...new Set(names)].slice(0, LIMITS.listItems);
  return connections.length > 1 ? { connections } : {};
}
