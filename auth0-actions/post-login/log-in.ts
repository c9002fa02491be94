import { type Ended, logEmission, type RunDeps } from '../emit/log-emission';
import type { PostLoginApi } from '../types';
import type { Asked, ReadinessRoute } from './ask-readiness';
import { setClaims } from './claims';
import { type Calls, conclude, isToTellAgain } from './conclude';
import { writeFlag } from './flag';
import type { LoginInvitation } from './invitation-of';
import type { LoginCalls } from './login-calls';
import { type Look, type LookDeps, lookAt, mayWait } from './look-at';
import { quietly } from './quietly';
import type { Redemption } from './redeem-invitation';
import { canSendToStatus, sendToStatus } from './send-to-status';

export interface LoginDeps extends LookDeps, RunDeps {
  /** The calls of this login, which begins now. */
  readonly callsOf: (event: unknown, api: PostLoginApi) => LoginCalls;
  readonly invitationOf: (event: unknown, now: () => number) => LoginInvitation | undefined;
}

/** What is done at a login. Never rejects: whatever is wrong with us, the login goes on. */
export async function logIn(event: unknown, api: PostLoginApi, deps: LoginDeps): Promise<void> {
  const startedAt = deps.now();
  const look = lookAt(event, deps);
  const invitation = quietly(() => deps.invitationOf(event, deps.now));
  if (look.course === 'none' && invitation === undefined)
    return quietly(() => setClaims(event, api, look.known, deps.settings));
  const isSendable = mayWait(look) && quietly(() => canSendToStatus(event, api.redirect)) === true;
  const toCall = deps.callsOf(event, api);
  const calls = await carryOut(look, toCall, isSendable);
  // Last, as it is kept for the next login where no time is left.
  const redemption = invitation && (await toCall.redeem(invitation));
  const { provisioning, isToWait } = conclude(look, calls, redemption);
  const { state } = provisioning;
  const { rev } = look.rule;
  // Each by itself: who cannot be given a claim is still sent to the page.
  if (state === 'requested' || state === 'ready') quietly(() => writeFlag(event, api, { rev, state }));
  quietly(() => invitation?.settle(api, redemption));
  const { grant, given } = redemption ?? {};
  quietly(() => setClaims(event, api, provisioning, deps.settings, given));
  const isOnItsWay = grant !== undefined && given === undefined;
  const isToSend = isToWait || (isOnItsWay && (await isPageThere(event, api, toCall)));
  // Also what is there: who comes back from the page gets claims anew.
  const isSent = isToSend && quietly(() => sendToStatus(event, api.redirect, deps.now(), grant)) === true;
  const line = { ...lineOf(calls, redemption), ...(isSent ? { sent: true } : {}) };
  quietly(() => logEmission('post-login', line, startedAt, deps));
}

async function carryOut(look: Look, calls: LoginCalls, isSendable: boolean): Promise<Calls> {
  // A page that is throttled says so there, to whoever would land on it.
  const route: ReadinessRoute = isSendable ? '' : 'readiness';
  if (look.course === 'none') return {};
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

// At the route of the page itself: what has answered so far may be the other one.
async function isPageThere(event: unknown, { redirect }: PostLoginApi, calls: LoginCalls): Promise<boolean> {
  if (quietly(() => canSendToStatus(event, redirect)) !== true) return false;
  return (await calls.ask(''))?.answer !== undefined;
}

function lineOf({ emission, asked }: Calls, redemption: Redemption | undefined): Ended {
  const {
    outcome,
    given: _given,
    grant: _grant,
    ...redeemed
  } = redemption ?? { code: 'unexpected' as const };
  const { answer: _, ...question }: Asked = asked ?? redeemed;
  const said = redemption && { invitation: outcome ?? redemption.code };
  if (emission === undefined) return { ...question, ...said };
  return { ...emission, ...(asked === undefined ? {} : { asked: asked.code }), ...said };
}
