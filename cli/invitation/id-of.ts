import { isInvitationId } from '../../events/invitations/invitation';
import { unknownInvitation } from './unknown-invitation';

/** An id as it was typed. What can be none, such as an address, comes into no audit row. */
export function idOf(typed: string): string {
  if (isInvitationId(typed)) return typed;
  throw unknownInvitation('That is no id of an invitation');
}
