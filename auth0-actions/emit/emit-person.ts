import type { UserEvent } from '../../events/event-schema';
import { CONFIGURED_ATTRIBUTES } from '../configured-attributes';
import { readDestination } from './destination';
import { type Emission, emit } from './emit';
import type { PersonEventOptions } from './person-event';

/** Sends what a trigger of the login path tells of a person. Throws `NotEmitted`. */
export async function emitPerson(
  event: unknown,
  eventOf: (event: unknown, options: PersonEventOptions) => Promise<UserEvent>,
): Promise<Emission> {
  const destination = readDestination(event);
  const { signingSecret } = destination;
  const options = { attributes: CONFIGURED_ATTRIBUTES, signingSecret, at: Date.now() };
  const deps = { fetch: globalThis.fetch, now: Date.now };
  return emit(await eventOf(event, options), destination, deps);
}
