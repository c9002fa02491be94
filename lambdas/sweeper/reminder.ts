import { buildEvent } from '../../events/build-event';
import type { PublishOwn } from '../runtime/own-events';
import type { DueLink } from './due-links';

export interface ReminderDeps {
  readonly publish: PublishOwn;
  readonly newId: () => string;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Publishes the reminder of a link. */
export function createReminder({ publish, newId, now }: ReminderDeps): (link: DueLink) => Promise<void> {
  return ({ system, user_id }) => {
    const id = newId();
    const user = { user_id };
    const told = { id, source: 'urn:punctual:sweeper', at: now(), user, system };
    return publish(buildEvent({ ...told, type: 'link.due' }), id);
  };
}
