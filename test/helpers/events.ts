import { buildEvent, type EventParts } from '../../events/build-event';
import type { EventUser, UserEvent } from '../../events/event-schema';
import type { AcceptedEvent } from '../../lambdas/connectors/authenticity/accepted-event';

/** The moment at which time stands still in tests. */
export const NOW = Date.parse('2026-11-20T10:00:00.000Z');

type Fields = Partial<Omit<EventParts, 'user'>> & { readonly user?: Partial<EventUser> };

export function anEvent({ user, ...fields }: Fields = {}): UserEvent {
  return buildEvent({
    ...{ id: 'reg_1', source: 'urn:auth0:acme', type: 'user.registered', at: NOW, ...fields },
    user: {
      user_id: 'auth0|1',
      created_at: '2026-11-20T09:59:59.000Z',
      email: 'ada@example.com',
      ...user,
    } as EventUser,
  });
}

export function anAcceptedEvent(fields: Partial<AcceptedEvent> = {}): AcceptedEvent {
  return {
    event: anEvent(),
    acceptedAt: NOW,
    requestId: 'request-1',
    route: 'events',
    unsigned: false,
    deliveries: 1,
    queuedAt: fields.acceptedAt ?? NOW,
    ...fields,
  };
}
