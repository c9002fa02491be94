import type { LinkState } from '../../events/link-state';
import { safeText } from '../runtime/logger';
import type { UserLink } from '../user-links/user-link';
import { verdictOf } from '../user-links/verdict';

/** A row of the user-link table as it was and as it is. Both absent is impossible. */
export interface LinkChange {
  /** Unique per change of the table, and the same when the change is delivered again. */
  readonly id: string;
  readonly before?: UserLink;
  readonly after?: UserLink;
}

/** What the team is told when a link needs attention. Holds no personal data. */
export interface LinkNotification {
  readonly id: string;
  readonly system: string;
  readonly userRef: string;
  readonly state: LinkState | 'removed';
  readonly code?: string;
  readonly eventId: string;
  readonly requestId: string;
  /** ISO 8601. */
  readonly time: string;
}

/** The notification that a change deserves, if any: one per link that fails, is rejected, held or removed. */
export function notificationOf({ id, before, after }: LinkChange): LinkNotification | undefined {
  if (after === undefined) return before === undefined ? undefined : describe(id, before, 'removed');
  const verdict = verdictOf(after);
  // The same verdict again, on the person's next login, is no news.
  if (verdict === undefined || verdict === before?.verdict) return undefined;
  return describe(id, after, after.state);
}

function describe(id: string, link: UserLink, state: LinkNotification['state']): LinkNotification {
  const { system, userRef, code, requestId, updatedAt } = link;
  const eventId = safeText(link.eventId);
  return {
    id,
    system,
    userRef,
    state,
    ...(code === undefined ? {} : { code }),
    eventId,
    requestId,
    time: updatedAt,
  };
}

/** Milliseconds from the API's acceptance to the link, at the moment a link becomes `linked`; else undefined. */
export function acceptedToLinkedMs({ before, after }: LinkChange): number | undefined {
  if (after?.state !== 'linked' || before?.state === 'linked') return undefined;
  return Date.parse(after.updatedAt) - after.acceptedAt;
}
