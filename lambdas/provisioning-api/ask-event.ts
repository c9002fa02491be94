import { createHash } from 'node:crypto';
import { buildEvent, toBody } from '../../events/build-event';
import { type EventUser, MAX_USER_PROPERTIES, type UserEvent } from '../../events/event-schema';
import { checkEvent } from '../../events/parse-event';
import { ApiProblem } from './problem';
import type { Profile } from './profile';

export interface Ask {
  readonly userId: string;
  readonly userRef: string;
  readonly system: string;
  readonly country: string | undefined;
  readonly profile: Profile;
  /** Epoch ms. */
  readonly at: number;
}

/** The event that asks one system for an account. Whoever asks for the same again gives it the same id. */
export function askEvent({ userId, userRef, system, country, profile, at }: Ask): UserEvent {
  const { user = {}, connection, generation } = profile;
  // In front of the event API it is API Gateway that counts them.
  if (Object.keys(user).length >= MAX_USER_PROPERTIES)
    throw new ApiProblem(400, 'invalid-request', { detail: 'data.user' });
  const event = buildEvent({
    id: `ask_${digestOf([userRef, system, country, generation, user])}`,
    ...{ source: 'urn:punctual:provisioning-api', type: 'user.provision-requested', at, system },
    user: { ...user, user_id: userId } as EventUser,
    ...(connection && { connection }),
    ...(country !== undefined && { country }),
  });
  const checked = checkEvent(event);
  if (checked.ok) return refuseTooLarge(checked.event);
  throw new ApiProblem(400, 'invalid-request', { detail: checked.path });
}

/** SNS takes 256 KB with the attributes of a message, which need a few of them. */
const MOST_BYTES = 250_000;

function refuseTooLarge(event: UserEvent): UserEvent {
  if (Buffer.byteLength(toBody(event)) > MOST_BYTES) throw new ApiProblem(413, 'too-large');
  return event;
}

/** A short name of what was asked for, that tells nothing of it: the userRef in it can be made by nobody else. */
export const digestOf = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
