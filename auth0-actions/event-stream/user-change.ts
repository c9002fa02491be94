import { buildEvent } from '../../events/build-event';
import { LIMITS } from '../../events/event-limits';
import type { EventUser, UserEvent } from '../../events/event-schema';
import type { EventType } from '../../events/event-types';
import { hasLoggedIn, INVITED } from '../../events/invitations/precreated';
import { readText, readTimestamp, readValue } from '../../events/read-value';
import { primaryConnectionOf } from '../../events/user-attributes';
import { linkedConnectionsOf, wholeProfileOf } from '../../events/whole-profile';
import { NotEmitted } from '../emit/emit-codes';

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
  const tenant = tenantOf(event);
  const time = Date.parse(readTimestamp(event, `${MESSAGE}.time`) ?? '');
  if (id === undefined || tenant === undefined || Number.isNaN(time)) throw new NotEmitted('bad-event');
  const profile = readValue(event, PROFILE);
  const user_id = readText(profile, 'user_id', LIMITS.userId);
  if (user_id === undefined) throw new NotEmitted('bad-event');
  const connection = primaryConnectionOf(profile);
  return buildEvent({
    ...{ id, type, at: time, source: `urn:auth0:${tenant}` },
    user: { ...wholeProfileOf(profile, attributes), user_id } as EventUser,
    ...(connection === undefined ? {} : { connection }),
    ...linkedConnectionsOf(profile),
  });
}

// Auth0 documents the first of whatever a stream delivers, and of what it hands to an Action only the second.
function tenantOf(event: unknown): string | undefined {
  const source = readText(event, `${MESSAGE}.source`, LIMITS.tenant) ?? '';
  return (
    readText(event, `${MESSAGE}.a0tenant`, LIMITS.tenant) ??
    /^urn:auth0:([\w-]+)/.exec(source)?.[1] ??
    readText(event, 'tenant.id', LIMITS.tenant)
  );
}

const MAKE_ACCOUNTS: ReadonlySet<EventType> = new Set(['user.created', 'user.updated']);

// Their accounts come with the first login, or were asked for with the invitation.
function isYetToCome(event: unknown): boolean {
  const profile = readValue(event, PROFILE);
  return readValue(profile, 'app_metadata.status') === INVITED && !hasLoggedIn(profile);
}

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
