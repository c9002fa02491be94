import { LIMITS } from '../../events/event-limits';
import type { UserEvent } from '../../events/event-schema';
import { readText } from '../../events/read-value';
import { type PersonEventOptions, personEvent } from '../emit/person-event';

/** The `user.logged-in` event of what Auth0 handed over. Throws `NotEmitted`. */
export function loginEvent(event: unknown, options: PersonEventOptions): Promise<UserEvent> {
  // Auth0 names a login in a browser, and no other.
  const login = readText(event, 'transaction.id', LIMITS.eventId) ?? `${options.at}`;
  return personEvent(event, { type: 'user.logged-in', prefix: 'login', factOf: () => login }, options);
}
