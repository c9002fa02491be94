import type { EventType } from './event-types';

/** What a system hears of that gives people what their invitations bring, and nothing else of them. */
export const TYPES_OF_GRANTS: readonly EventType[] = [
  'invitation.accepted',
  'user.deleted',
  'user.erase-requested',
  'link.due',
];
