import type { InvitationView } from '../../events/invitations/schemas';

/** An invitation as it may be shown: the address only to who asks for it. */
export function shownOf(view: InvitationView, addresses: boolean): InvitationView {
  const { email: _email, ...others } = view;
  return addresses ? view : others;
}
