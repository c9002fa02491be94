import type { Intent } from '../user-links/intent';
import type { Claim } from '../user-links/user-link';
import type { AcceptedEvent } from './authenticity/accepted-event';
import type { CommonDeps, Identity } from './provision-deps';

/** What a worker knows of the user and the event, with a lease that nobody else has. */
export function claimOf(
  deps: CommonDeps,
  { event, unsigned, acceptedAt, requestId }: AcceptedEvent,
  { userRef }: Identity,
  want?: Intent['want'],
): Claim {
  const now = deps.now();
  const { user } = event.data;
  // An unsigned event may not open a new life of a user who was deleted.
  const generation = unsigned ? undefined : (user.created_at ?? generationToErase(want, acceptedAt));
  return {
    userRef,
    system: deps.system,
    user_id: user.user_id,
    ...(generation === undefined ? {} : { generation }),
    ...{ acceptedAt, eventId: event.id, requestId },
    lease: { token: deps.newToken(), until: now + deps.leaseMs },
    now,
  };
}

// Every life that began before it was asked for, and none that begins after it, however late the message is redriven.
function generationToErase(want: Intent['want'] | undefined, acceptedAt: number): string | undefined {
  return want === 'erased' ? new Date(acceptedAt).toISOString() : undefined;
}
