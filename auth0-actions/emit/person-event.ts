import { buildEvent } from '../../events/build-event';
import { LIMITS } from '../../events/event-limits';
import type { EventUser, UserEvent } from '../../events/event-schema';
import type { EventType } from '../../events/event-types';
import { readText } from '../../events/read-value';
import { NotEmitted } from './emit-codes';
import { eventId } from './event-id';
import { connectionSnapshot, userSnapshot } from './user-snapshot';

export interface PersonEventOptions {
  readonly attributes: readonly string[];
  readonly signingSecret: string;
  /** Epoch ms. */
  readonly at: number;
}

/** What is told of a person. */
export interface Told {
  readonly type: EventType;
  /** How the ids of such events begin. */
  readonly prefix: string;
  /** What tells this one apart from others of the same person. */
  readonly factOf: (user: EventUser) => string;
}

/** The event of what Auth0 handed over to a trigger of the login path. Throws {@link NotEmitted}. */
export async function personEvent(
  event: unknown,
  { type, prefix, factOf }: Told,
  { attributes, signingSecret, at }: PersonEventOptions,
): Promise<UserEvent> {
  const tenant = readText(event, 'tenant.id', LIMITS.tenant);
  if (tenant === undefined) throw new NotEmitted('bad-event');
  const user = userSnapshot(event, attributes);
  const connection = connectionSnapshot(event);
  return buildEvent({
    id: await eventId(prefix, signingSecret, [tenant, user.user_id, factOf(user)]),
    source: `urn:auth0:${tenant}`,
    ...{ type, at, user },
    ...(connection === undefined ? {} : { connection }),
  });
}
