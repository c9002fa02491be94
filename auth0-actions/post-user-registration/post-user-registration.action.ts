import { CONFIGURED_ATTRIBUTES } from '../configured-attributes';
import { readDestination } from '../emit/destination';
import { type Emission, emit } from '../emit/emit';
import { runQuietly } from '../emit/run-quietly';
import type { PostUserRegistrationEvent } from '../types';
import { registrationEvent } from './registration-event';

/**
 * Handler of the Auth0 trigger `post-user-registration`, which runs after a user of a database or passwordless
 * connection was created. Tells Punctual; never throws and never takes longer than its budget.
 */
export async function onExecutePostUserRegistration(event: PostUserRegistrationEvent): Promise<void> {
  await runQuietly('post-user-registration', () => emitRegistration(event), {
    log: (line) => console.log(line),
    now: () => Date.now(),
  });
}

async function emitRegistration(event: PostUserRegistrationEvent): Promise<Emission> {
  const destination = readDestination(event);
  const { signingSecret } = destination;
  const options = { attributes: CONFIGURED_ATTRIBUTES, signingSecret, at: Date.now() };
  const deps = { fetch: globalThis.fetch, now: Date.now };
  return emit(await registrationEvent(event, options), destination, deps);
}
