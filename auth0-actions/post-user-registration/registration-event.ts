import { buildEvent } from '../../events/build-event';
import type { UserEvent } from '../../events/event-schema';
import { NotEmitted } from '../emit/emit-codes';
import { eventId } from '../emit/event-id';
import { LIMITS } from '../emit/limits';
import { readText } from '../emit/read-value';
import { connectionSnapshot, userSnapshot } from '../emit/user-snapshot';

export interface RegistrationOptions {
  readonly attributes: readonly string[];
  readonly signingSecret: string;
  /** Epoch ms. */
  readonly at: number;
}

/** The `user.registered` event of what Auth0 handed over. Throws {@link NotEmitted}. */
export async function registrationEvent(
  event: unknown,
  { attributes, signingSecret, at }: RegistrationOptions,
): Promise<UserEvent> {
  const tenant = readText(event, 'tenant.id', LIMITS.tenant);
  if (tenant === undefined) throw new NotEmitted('bad-event');
  const user = userSnapshot(event, attributes);
  const connection = connectionSnapshot(event);
  return buildEvent({
    id: await eventId('reg', signingSecret, [tenant, user.user_id, user.created_at ?? '']),
    source: `urn:auth0:${tenant}`,
    type: 'user.registered',
    at,
    user,
    ...(connection === undefined ? {} : { connection }),
  });
}
