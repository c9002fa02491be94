import { HANDLE_PARAMETER } from '../../../events/invitations/handle';
import type { Invitation } from '../../../events/invitations/invitation';
import type { Answer } from '../../status/api/json-answer';
import { newHandle } from '../token/handle';
import { isSame } from '../token/mac';
import { endOf } from './accept-route';
import { authorizeUrl, newLogin } from './authorize-request';
import type { FlowSession } from './flow-session';
import { isLive, openedLink } from './opened-link';
import { deadEnd, languageOf, pageAnswer, placeOf } from './page-answer';
import { formOf, type PageCall } from './page-call';
import type { PageDeps } from './page-deps';

/**
 * `POST /confirm`: they said yes, and go to sign in. Only a form of ours knows the proof, and no browser sends the
 * session with a form of another site.
 *
 * It answers with a page: a login leads where it likes, and browsers hold each redirect after a form against the policy
 * of the page that the form was on.
 */
export function createConfirmRoute(deps: PageDeps): (call: PageCall) => Promise<Answer> {
  return async (call) => {
    const form = formOf(call);
    const flow = form.get('flow') ?? '';
    const link = await openedLink(deps, call, flow);
    if (!isLive(link)) return endOf(deps, call, link);
    const { session, invitation } = link;
    // Somebody was faster: it is looked who, at the tenant as well.
    if (link.kind === 'redeemed') return leavingFor(deps, session, placeOf(deps.settings, 'accept', flow));
    if (!isSame(form.get('proof') ?? '', session.proof))
      return deadEnd('over', languageOf(call), deps.settings);
    return leave(deps, session, invitation, form.get('choice') === 'other');
  };
}

async function leave(
  { settings, cookies, ring, now }: PageDeps,
  session: FlowSession,
  invitation: Invitation,
  isOther: boolean,
): Promise<Answer> {
  const { flow, language, person } = session;
  // Whoever accepts as somebody is to come back as the same.
  const as = isOther ? undefined : person?.userRef;
  const login = newLogin('accept', as);
  const more = {
    [HANDLE_PARAMETER]: newHandle(invitation, await ring(), now(), as),
    ...(isOther && { prompt: 'login' }),
    // Whoever may take any account may be somebody else, who is not to be told the address.
    ...(as === undefined && invitation.bind === 'verified-email' && { login_hint: invitation.email }),
  };
  const url = authorizeUrl(settings, { flow, login, language, more });
  const kept = await cookies.keep({ ...session, login, hindrance: undefined, isUnfinished: undefined });
  return leavingFor({ settings }, session, url, kept);
}

const leavingFor = (
  { settings: { brand } }: Pick<PageDeps, 'settings'>,
  { language }: FlowSession,
  url: string,
  cookies?: string[],
): Answer => pageAnswer({ kind: 'leaving', language, brand, url }, cookies);
