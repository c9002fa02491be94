import { type Invitation, stateAt } from '../../../events/invitations/invitation';
import type { Destination } from '../../../invitation-page/invitation-view';
import type { FlowSession } from './flow-session';
import { destinationOf } from './page-answer';
import { cookiesOf, type PageCall } from './page-call';
import type { PageDeps } from './page-deps';

/** A link that a browser opened, of an invitation that can be accepted or that somebody accepted. */
export interface LiveLink {
  readonly kind: 'open' | 'redeemed';
  readonly session: FlowSession;
  readonly invitation: Invitation;
  readonly destination: Destination;
}

/** A link with which it does not go on, as the page says it. */
export interface EndedLink {
  readonly kind: 'over' | 'unknown' | 'off' | 'revoked' | 'expired';
  /** None where the browser did not open it, or too long ago. */
  readonly session?: FlowSession;
  /** Where the invitation would have led. */
  readonly application?: string;
}

export const isLive = (link: LiveLink | EndedLink): link is LiveLink => 'invitation' in link;

/** The link of a flow as it stands now, whatever it was when it was opened. */
export async function openedLink(
  deps: PageDeps,
  call: PageCall,
  flow: string,
): Promise<LiveLink | EndedLink> {
  const { cookies, invitations, settings, now } = deps;
  const session = await cookies.read(cookiesOf(call), flow);
  if (session === undefined) return { kind: 'over' };
  const invitation = await invitations.get(session.id);
  if (invitation === undefined || invitation.sending !== session.sending) return { kind: 'unknown', session };
  const destination = destinationOf(settings, invitation.application);
  if (destination === undefined) return { kind: 'off', session };
  const kind = stateAt(invitation, now());
  const { application } = invitation;
  if (kind === 'revoked' || kind === 'expired') return { kind, session, application };
  return { kind, session, invitation, destination };
}
