import type { Log } from '../runtime/logger';
import type { Metrics } from '../runtime/metrics';
import { acceptedToLinkedMs, type LinkChange, type LinkNotification, notificationOf } from './link-change';

export interface ProjectDeps {
  readonly notify: (notification: LinkNotification) => Promise<void>;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Projects one change of a link: measures it, and tells the team when it needs attention. */
export function createProject(deps: ProjectDeps): (change: LinkChange) => Promise<void> {
  return async (change) => {
    const link = change.after ?? change.before;
    if (link === undefined) return;
    const notification = notificationOf(change);
    if (notification !== undefined) await deps.notify(notification);
    measure(deps, change, link.system);
    deps.log('info', 'link changed', {
      system: link.system,
      userRef: link.userRef,
      outcome: change.after?.state ?? 'removed',
      eventId: link.eventId,
      requestId: link.requestId,
      ...(change.after?.code === undefined ? {} : { code: change.after.code }),
    });
  };
}

function measure(deps: ProjectDeps, change: LinkChange, system: string): void {
  const elapsed = acceptedToLinkedMs(change);
  if (elapsed !== undefined) {
    deps.metrics(system, [{ name: 'AcceptedToLinked', value: elapsed, unit: 'Milliseconds' }]);
  }
}
