import type { UserEvent } from '../../../events/event-schema';
import type { JitRule } from '../../../events/jit-rule';
import type { Jit } from '../../user-links/intent';
import type { AcceptedEvent } from '../authenticity/accepted-event';

/** What an event says of how the user comes in, where that decides whether they get an account. */
export function jitOf({ event, unsigned }: AcceptedEvent, rule: JitRule | null): Jit {
  if (rule === null) return 'needless';
  // Whoever invents a user may invent how they came.
  return { rule, connections: unsigned ? [] : connectionsOf(event) };
}

/** The connections of a user as far as an event names them: one of a login, all of them of the event stream. */
function connectionsOf({ data: { connection, connections = [] } }: UserEvent): readonly string[] {
  return [...new Set([...(connection === undefined ? [] : [connection.name]), ...connections])];
}
