import { CONFIGURED, REVISIONS } from '../configured-settings';
import type { PostLoginApi, PostLoginEvent } from '../types';
import { comeBack } from './come-back';
import { createFailOpenPause } from './fail-open-pause';
import { invitationOf } from './invitation-of';
import { logIn } from './log-in';
import { createLoginCalls } from './login-calls';
import { quietly } from './quietly';

declare const PUNCTUAL_HAS_INVITATIONS: boolean | undefined;

// What is for invitations alone is left out of the code where nobody is invited.
const ofLogin =
  typeof PUNCTUAL_HAS_INVITATIONS === 'undefined' || PUNCTUAL_HAS_INVITATIONS
    ? invitationOf
    : () => undefined;
const now = () => Date.now();
// Auth0 runs this file once in an instance, which many logins share.
const pause = createFailOpenPause(now);
const deps = {
  ...{ settings: CONFIGURED, revisions: REVISIONS, invitationOf: ofLogin, now },
  log: (line: string) => console.log(line),
  callsOf: (event: unknown, api: PostLoginApi) => createLoginCalls(event, api, pause, now),
};

/**
 * Handler of the Auth0 trigger `post-login`, which stands in the way of every login. Tells Punctual that a person
 * came in; never throws, and makes a login wait once at most, for its budget.
 */
export async function onExecutePostLogin(event: PostLoginEvent, api: PostLoginApi): Promise<void> {
  await quietly(() => logIn(event, api, deps))?.catch(() => undefined);
}

/** Handler for those who come back from the status page. Never throws. */
export async function onContinuePostLogin(event: PostLoginEvent, api: PostLoginApi): Promise<void> {
  quietly(() => comeBack(event, api, deps));
}
