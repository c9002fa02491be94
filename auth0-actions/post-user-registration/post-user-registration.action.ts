import { emitPerson } from '../emit/emit-person';
import { runQuietly } from '../emit/run-quietly';
import type { PostUserRegistrationEvent } from '../types';
import { registrationEvent } from './registration-event';

/**
 * Handler of the Auth0 trigger `post-user-registration`, which runs after a user of a database or passwordless
 * connection was created. Tells Punctual; never throws and never takes longer than its budget.
 */
export async function onExecutePostUserRegistration(event: PostUserRegistrationEvent): Promise<void> {
  await runQuietly('post-user-registration', () => emitPerson(event, registrationEvent), {
    log: (line) => console.log(line),
    now: () => Date.now(),
  });
}
