import { LIMITS } from '../../events/event-limits';
import type { EventConnection, EventUser } from '../../events/event-schema';
import { readText, readValue } from '../../events/read-value';
import { userAttributesOf } from '../../events/user-attributes';
import { NotEmitted } from './emit-codes';

/** The user that an event of Auth0 is about, with no more than {@link userAttributesOf} lets out. */
export function userSnapshot(event: unknown, attributePaths: readonly string[]): EventUser {
  const userId = readText(event, 'user.user_id', LIMITS.userId);
  if (userId === undefined) throw new NotEmitted('bad-event');
  return { ...userAttributesOf(readValue(event, 'user'), attributePaths), user_id: userId } as EventUser;
}

/** The connection a person came through, without Auth0's id and metadata of it. */
export function connectionSnapshot(event: unknown): EventConnection | undefined {
  const name = readText(event, 'connection.name', LIMITS.connectionName);
  const strategy = readText(event, 'connection.strategy', LIMITS.connectionStrategy);
  return name === undefined || strategy === undefined ? undefined : { name, strategy };
}
