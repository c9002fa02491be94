import { logEmission, type RunDeps } from '../emit/log-emission';
import type { PostLoginApi } from '../types';
import type { ReadinessRoute } from './ask-readiness';
import { setClaims } from './claims';
import { type Calls, conclude, isToTellAgain } from './conclude';
import { writeFlag } from './flag';
import type { LoginCalls } from './login-calls';
import { type Look, type LookDeps, lookAt, mayWait } from './look-at';
import { quietly } from './quietly';
import { canSendToStatus, sendToStatus } from './send-to-status';

export interface LoginDeps extends LookDeps, RunDeps {
  /** The calls of this login, which begins now. */
  readonly callsOf: (event: unknown, api: PostLoginApi) => LoginCalls;
}

/** What is done at a login. Never rejects: whatever is wrong with us, the login goes on. */
export async function logIn(event: unknown, api: PostLoginApi, deps: LoginDeps): Promise<void> {
  const startedAt = deps.now();
  const look = lookAt(event, deps);
  if (look.course === 'none') return quietly(() => setClaims(event, api, look.known, deps.settings));
  const isSendable = mayWait(look) && quietly(() => canSendToStatus(event, api.redirect)) === true;
  const calls = await carryOut(look, deps.callsOf(event, api), isSendable);
  const { provisioning, isToWait } = conclude(look, calls);
  const { state } = provisioning;
  const { rev } = look.rule;
  // Each by itself: who cannot be given a claim is still sent to the page.
  if (state === 'requested' || state === 'ready') quietly(() => writeFlag(event, api, { rev, state }));
  quietly(() => setClaims(event, api, provisioning, deps.settings));
  const isSent = isToWait && quietly(() => sendToStatus(event, api.redirect, deps.now())) === true;
  quietly(() =>
    logEmission('post-login', { ...lineOf(calls), ...(isSent ? { sent: true } : {}) }, startedAt, deps),
  );
}

async function carryOut(look: Look, calls: LoginCalls, isSendable: boolean): Promise<Calls> {
  // A page that is throttled says so there, to whoever would land on it.
  const route: ReadinessRoute = isSendable ? '' : 'readiness';
  if (look.course === 'ask') {
    const asked = await calls.ask(route);
    return isToTellAgain(asked) ? { asked, emission: await calls.emit() } : { asked };
  }
  const emission = await calls.emit();
  // Of somebody new it is known that they have nothing. Whether there is a page to send them to is not.
  const isWorthIt = look.course === 'tell-and-ask' ? mayWait(look) : isSendable;
  return isWorthIt && emission.code === 'emitted'
    ? { emission, asked: await calls.ask(route) }
    : { emission };
}

function lineOf({ emission, asked }: Calls) {
  const { answer: _, ...question } = asked ?? { code: 'unexpected' as const };
  if (emission === undefined) return question;
  return { ...emission, ...(asked === undefined ? {} : { asked: asked.code }) };
}
