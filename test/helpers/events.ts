import { buildEvent } from '../../events/build-event';
import type { EventConnection, EventUser, UserEvent } from '../../events/event-schema';
import type { EventType } from '../../events/event-types';
import type { AcceptedEvent } from '../../lambdas/connectors/authenticity/accepted-event';

/** The moment at which time stands still in tests. */
export const NOW = Date.parse('2026-11-20T10:00:00.000Z');

export function anEvent(
  fields: {
    id?: string;
    type?: EventType;
    user?: Partial<EventUser>;
    connection?: EventConnection;
    connections?: readonly string[];
    system?: string;
    country?: string;
    accountId?: string;
  } = {},
): UserEvent {
  const {
    id = 'reg_1',
    type = 'user.registered',
    user,
    connection,
    connections,
    system,
    country,
    accountId,
  } = fields;
  return buildEvent({
    id,
    source: 'urn:auth0:acme',
    type,
    at: NOW,
    user: {
      user_id: 'auth0|1',
      created_at: '2026-11-20T09:59:59.000Z',
      email: 'ada@example.com',
      ...user,
    } as EventUser,
    ...(connection === undefined ? {} : { connection }),
    ...(connections === undefined ? {} : { connections }),
    ...(system === undefined ? {} : { system }),
    ...(country === undefined ? {} : { country }),
    ...(accountId === undefined ? {} : { accountId }),
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
