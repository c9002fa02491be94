import { buildEvent } from '../../events/build-event';
import { createOwnEvents, type OwnEventsDeps } from '../runtime/own-events';
import type { DueLink } from './due-links';

export interface ReminderDeps extends OwnEventsDeps {
  readonly newId: () => string;
}

/** Publishes the reminder of a link. */
export function createReminder(deps: ReminderDeps): (link: DueLink) => Promise<void> {
  const publish = createOwnEvents(deps);
  return ({ system, user_id }) => {
    const id = deps.newId();
    const user = { user_id };
    const told = { id, source: 'urn:punctual:sweeper', at: deps.now(), user, system };
    return publish(buildEvent({ ...told, type: 'link.due' }), id);
  };
}
