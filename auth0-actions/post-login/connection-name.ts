import { LIMITS } from '../../events/event-limits';
import { readText } from '../../events/read-value';

/** Name of the connection that a person came by, as it travels in our tokens; empty where there is none. */
export function connectionNameOf(event: unknown): string {
  return readText(event, 'connection.name', LIMITS.connectionName) ?? '';
}
