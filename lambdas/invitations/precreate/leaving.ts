import { randomUUID } from 'node:crypto';
import { buildEvent } from '../../../events/build-event';
import type { EventUser } from '../../../events/event-schema';
import type { PublishOwn } from '../../runtime/own-events';

/** Tells the systems of a user whom we made ahead and deleted. May be told again. */
export type TellLeaving = (user: EventUser) => Promise<void>;

/** As Auth0's event stream tells of them where the tenant has one: whoever hears it twice does it once. */
export function createTellLeaving(publish: PublishOwn, now: () => number): TellLeaving {
  return (user) => {
    const id = randomUUID();
    const told = { id, source: 'urn:punctual:invitations', type: 'user.deleted', at: now(), user } as const;
    return publish(buildEvent(told), id);
  };
}
