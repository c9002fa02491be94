import type { UserEvent } from '../../events/event-schema';
import { LIMITS } from '../emit/limits';
import { type PersonEventOptions, personEvent } from '../emit/person-event';
import { readText } from '../emit/read-value';

/** The `user.logged-in` event of what Auth0 handed over. Throws `NotEmitted`. */
export function loginEvent(event: unknown, options: PersonEventOptions): Promise<UserEvent> {
  // Auth0 names a login in a browser, and no other.
  const login = readText(event, 'transaction.id', LIMITS.eventId) ?? `${options.at}`;
  return personEvent(event, { type: 'user.logged-in', prefix: 'login', factOf: () => login }, options);
}
