import type { Invitation } from '../../../events/invitations/invitation';
import type { Answer } from '../../status/api/json-answer';
import { endOf } from './accept-route';
import type { Arrival } from './arrival';
import { flowOfState, isStateOf } from './authorize-request';
import type { FlowSession, PendingLogin } from './flow-session';
import { isLive, openedLink } from './opened-link';
import { goTo, placeOf } from './page-answer';
import { inQuery, type PageCall } from './page-call';
import type { PageDeps } from './page-deps';

/**
 * `GET /callback`: back from the tenant. An answer counts for the login that was begun last in this browser with this
 * link, and once. Only who said yes redeems, as whom they said it, and who did so before.
 */
export function createCallbackRoute(deps: PageDeps): (call: PageCall) => Promise<Answer> {
  return async (call) => {
    const state = inQuery(call, 'state');
    const link = await openedLink(deps, call, flowOfState(state));
    if (!isLive(link)) return endOf(deps, call, link);
    const { login, ...session } = link.session;
    const { flow } = session;
    if (login === undefined || !isStateOf(state, flow, login)) {
      return goTo(placeOf(deps.settings, 'accept', flow));
    }
    const arrival = await arrivalOf(deps, call, login);
    if (arrival === undefined) return unfinished(deps, session, login);
    const person = await personOf(deps, arrival);
    const isAgain = link.kind === 'redeemed' && link.invitation.redeemedBy === person.userRef;
    if (!isAgain && !isConfirmed(login, person.userRef)) return show(deps, { ...session, person });
    return redeemFor(deps, { ...session, person }, arrival, call.requestContext.requestId);
  };
}

const isConfirmed = ({ purpose, as }: PendingLogin, userRef: string) =>
  purpose === 'accept' && (as === undefined || as === userRef);

async function personOf({ userRefOf }: PageDeps, { userId, shown }: Arrival) {
  return { userId, userRef: await userRefOf(userId), shown };
}

async function arrivalOf({ arrive }: PageDeps, call: PageCall, login: PendingLogin) {
  const code = inQuery(call, 'code');
  if (code === '') return undefined;
  // The page is worth something without a look as well.
  return login.purpose === 'accept' ? arrive(code, login) : arrive(code, login).catch(() => undefined);
}

// A code that was used may be one whose answer was lost: it is looked once more who is signed in.
const unfinished = (deps: PageDeps, session: FlowSession, { purpose }: PendingLogin) =>
  purpose === 'look'
    ? show(deps, session)
    : show(deps, { ...session, isUnfinished: true, looked: undefined });

async function show({ settings, cookies }: PageDeps, session: FlowSession): Promise<Answer> {
  return goTo(placeOf(settings, 'accept', session.flow), await cookies.keep(session));
}

async function redeemFor(
  deps: PageDeps,
  session: FlowSession & Required<Pick<FlowSession, 'person'>>,
  arrival: Arrival,
  requestId: string,
): Promise<Answer> {
  const { outcome, invitation } = await outcomeOf(deps, session, arrival, requestId);
  if (outcome === 'wrong-account' || outcome === 'address-unverified') {
    return show(deps, { ...session, hindrance: outcome });
  }
  if (outcome !== 'redeemed') return show(deps, session);
  const { settings, cookies, now } = deps;
  const since = Date.parse(invitation?.redeemedAt ?? '') || now();
  const redeemed = { since, until: now() + settings.deadlineMs };
  const kept = await cookies.keep({ ...session, redeemed });
  return goTo(placeOf(settings, 'progress', session.flow), kept);
}

/** The tokens do not say in which of their lives somebody is. */
export class ClaimsMissingError extends Error {
  override readonly name = 'ClaimsMissingError';
}

// Where no token says enough of the person, their login has said it, and the Action in it has redeemed.
async function outcomeOf(
  { redeem, invitations }: PageDeps,
  { id, person }: FlowSession,
  { user, connection }: Arrival,
  requestId: string,
): Promise<{ readonly outcome: string; readonly invitation?: Invitation | undefined }> {
  if (user !== undefined) return redeem({ id, user, connection, requestId });
  const invitation = await invitations.get(id);
  if (invitation?.redeemedBy !== person?.userRef || invitation === undefined) throw new ClaimsMissingError();
  return { outcome: 'redeemed', invitation };
}
