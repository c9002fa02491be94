import type { UserEvent } from '../../events/event-schema';
import { type PersonEventOptions, personEvent, type Told } from '../emit/person-event';

/** A user registers once in each of their lives. */
const REGISTRATION: Told = {
  type: 'user.registered',
  prefix: 'reg',
  factOf: ({ created_at = '' }) => created_at,
};

/** The `user.registered` event of what Auth0 handed over. Throws `NotEmitted`. */
export function registrationEvent(event: unknown, options: PersonEventOptions): Promise<UserEvent> {
  return personEvent(event, REGISTRATION, options);
}
