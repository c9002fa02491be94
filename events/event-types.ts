/** Every type of event that Punctual knows. Anything else is a stray. */
export const EVENT_TYPES = [
  'user.registered',
  'user.logged-in',
  'user.created',
  'user.updated',
  'user.blocked',
  'user.unblocked',
  'user.deleted',
  'user.provision-requested',
  'user.erase-requested',
  'account.linked',
  'invitation.accepted',
  'link.due',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];
