import type { UserEvent } from '../../events/event-schema';
import { CONFIGURED } from '../configured-settings';
import { readDestination } from './destination';
import { type Emission, emit } from './emit';
import type { PersonEventOptions } from './person-event';

/** Sends what a trigger of the login path tells of a person. Throws `NotEmitted`. */
export async function emitPerson(
  event: unknown,
  eventOf: (event: unknown, options: PersonEventOptions) => Promise<UserEvent>,
  budgetMs?: number,
): Promise<Emission> {
  const destination = readDestination(event);
  const { signingSecret } = destination;
  const options = { attributes: CONFIGURED.attributes, signingSecret, at: Date.now() };
  const deps = { fetch: globalThis.fetch, now: Date.now, ...(budgetMs === undefined ? {} : { budgetMs }) };
  return emit(await eventOf(event, options), destination, deps);
}
