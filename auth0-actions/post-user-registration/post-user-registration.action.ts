import { CONFIGURED } from '../configured-settings';
import { isPassThrough } from '../connection-rule';
import type { Emission } from '../emit/emit';
import { emitPerson } from '../emit/emit-person';
import { runQuietly } from '../emit/run-quietly';
import type { PostUserRegistrationEvent } from '../types';
import { registrationEvent } from './registration-event';

/**
 * Handler of the Auth0 trigger `post-user-registration`, which runs after a user of a database or passwordless
 * connection was created. Tells Punctual, unless the people of the connection pass without accounts; never throws and
 * never takes longer than its budget.
 */
export async function onExecutePostUserRegistration(event: PostUserRegistrationEvent): Promise<void> {
  await runQuietly('post-user-registration', () => tell(event), {
    log: (line) => console.log(line),
    now: () => Date.now(),
  });
}

async function tell(event: PostUserRegistrationEvent): Promise<Emission> {
  return isPassThrough(event, CONFIGURED) ? { code: 'pass-through' } : emitPerson(event, registrationEvent);
}
