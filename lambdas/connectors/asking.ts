import type { EventType } from '../../events/event-types';
import type { Asking } from '../user-links/intent';

/** From when on a user is to have an account in a system. */
export type ProvisionAt = 'registration' | 'login' | 'use';

/** What asks for an account where the registration alone does not. */
const ASKS: Readonly<Record<Exclude<ProvisionAt, 'registration'>, ReadonlySet<EventType>>> = {
  login: new Set<EventType>(['user.logged-in', 'user.provision-requested', 'invitation.accepted']),
  use: new Set<EventType>(['user.provision-requested']),
};

export function askingOf(type: EventType, provisionAt: ProvisionAt): Asking {
  if (provisionAt === 'registration') return 'needless';
  return ASKS[provisionAt].has(type) ? 'asks' : 'silent';
}
