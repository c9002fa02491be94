import { emitPerson } from '../emit/emit-person';
import { runQuietly } from '../emit/run-quietly';
import type { PostLoginApi, PostLoginEvent } from '../types';
import { createFailOpenPause } from './fail-open-pause';
import { isInteractive } from './is-interactive';
import { loginEvent } from './login-event';

// Auth0 runs this file once in an instance, which many logins share.
const pause = createFailOpenPause(() => Date.now());

/**
 * Handler of the Auth0 trigger `post-login`, which stands in the way of every login. Tells Punctual that a person
 * came in; never throws, and makes a login wait once at most, for its budget.
 */
export async function onExecutePostLogin(event: PostLoginEvent, api: PostLoginApi): Promise<void> {
  if (!isInteractive(event)) return;
  await runQuietly('post-login', () => pause.around(() => emitPerson(event, loginEvent), api), {
    log: (line) => console.log(line),
    now: () => Date.now(),
  });
}
