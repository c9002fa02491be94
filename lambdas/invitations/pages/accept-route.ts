import type { Invitation } from '../../../events/invitations/invitation';
import type { Destination, InvitationView } from '../../../invitation-page/invitation-view';
import type { Answer } from '../../status/api/json-answer';
import { authorizeUrl, newLogin } from './authorize-request';
import type { FlowSession } from './flow-session';
import { type EndedLink, isLive, type LiveLink, openedLink } from './opened-link';
import { deadEnd, goTo, languageOf, pageAnswer, placeOf } from './page-answer';
import { inQuery, type PageCall } from './page-call';
import type { PageDeps } from './page-deps';

/**
 * `GET /accept`: the page of a link that was opened. The first time it is looked at the tenant who is signed in,
 * without asking anybody, and a second time where it was redeemed since: the answer that whoever redeemed was to get may
 * have been lost, and they get it then.
 */
export function createAcceptRoute(deps: PageDeps): (call: PageCall) => Promise<Answer> {
  return async (call) => {
    const link = await openedLink(deps, call, inQuery(call, 'flow'));
    if (!isLive(link)) return endOf(deps, call, link);
    const { session, invitation, destination } = link;
    if (session.redeemed !== undefined) return goTo(placeOf(deps.settings, 'progress', session.flow));
    if (session.looked !== link.kind) return look(deps, session, link.kind);
    if (link.kind === 'open') return pageAnswer(viewOf(deps, session, invitation, destination));
    const { language } = session;
    const isTheirs = session.person?.userRef === invitation.redeemedBy;
    const { application } = invitation;
    if (!isTheirs) return deadEnd('used', language, deps.settings, { application });
    return pageAnswer({ kind: 'accepted', language, brand: deps.settings.brand, destination });
  };
}

/** The page of a link with which it does not go on. */
export const endOf = (
  { settings }: PageDeps,
  call: PageCall,
  { kind, session, application }: EndedLink,
): Answer => deadEnd(kind, session?.language ?? languageOf(call), settings, { application });

async function look(
  { settings, cookies }: PageDeps,
  session: FlowSession,
  looked: LiveLink['kind'],
): Promise<Answer> {
  const login = newLogin('look');
  const { flow, language } = session;
  const to = authorizeUrl(settings, { flow, login, language, more: { prompt: 'none' } });
  return goTo(to, await cookies.keep({ ...session, looked, login }));
}

function viewOf(
  { settings }: PageDeps,
  { flow, proof, person, hindrance, isUnfinished = false, language }: FlowSession,
  { bind, email, roles, expiresAt }: Invitation,
  destination: Destination,
): InvitationView {
  const form = { action: `${settings.pageUrl}confirm`, flow, proof };
  const boundTo = bind === 'none' ? undefined : email;
  const common = { language, brand: settings.brand, form, boundTo };
  if (hindrance !== undefined && person !== undefined) {
    return { kind: hindrance, ...common, person: person.shown };
  }
  return {
    ...{ kind: 'accept', ...common, destination, person: person?.shown },
    ...{ roles, expiresAt: Date.parse(expiresAt), isUnfinished },
  };
}
