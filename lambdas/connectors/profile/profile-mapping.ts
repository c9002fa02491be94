import type { AttributeValue, EventUser } from '../../../events/event-schema';
import type { AccountRequest } from '../connector';

/** What a service's profile row takes from the event, and what it starts with besides. */
export interface ProfileMapping {
  /** Names of user attributes to take over when the event has them. */
  readonly attributes: readonly string[];
  /** The service's own attributes and their first values, such as `{ preferredCategories: [] }`. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

/** A row of a profile table. The service looks its user up by `user_id`, the `sub` of the access token. */
export interface ProfileRow {
  readonly user_id: string;
  /** Missing in a row that the service made itself. */
  readonly externalId?: string;
  readonly [attribute: string]: unknown;
}

export function toProfileRow({ externalId, user }: AccountRequest, mapping: ProfileMapping): ProfileRow {
  return { ...mapping.defaults, ...shownAttributes(user, mapping), user_id: user.user_id, externalId };
}

/** What a profile cannot say of itself. */
const OURS: ReadonlySet<string> = new Set(['user_id', 'externalId', 'active']);

/** The attributes that the row takes from the profile. */
export function shownAttributes(
  user: EventUser,
  { attributes: names }: ProfileMapping,
): Record<string, AttributeValue> {
  const present = names
    .filter((name) => !OURS.has(name))
    .filter((name) => Object.hasOwn(user, name) && user[name] !== undefined);
  return Object.fromEntries(present.map((name) => [name, user[name] as AttributeValue]));
}
