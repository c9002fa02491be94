import { type Claim, isLeased, type UserLink } from './user-link';

/** Whom an erasure means. */
export interface Erased {
  readonly userId: string;
  readonly userRef: string;
  /** Every life that began then or before, ISO 8601. */
  readonly until: string;
}

export interface MarkDeps {
  readonly get: (system: string) => Promise<UserLink | undefined>;
  /** False when somebody else wrote the row at the same moment. */
  readonly replace: (link: UserLink, previous: UserLink | undefined) => Promise<boolean>;
  /** Epoch ms. */
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<unknown>;
  /** True once nobody waits any longer for what a worker has in hand. */
  readonly isOver: () => boolean;
}

const LOOK_AGAIN_MS = 1_000;

/**
 * Writes the tombstone of a user into one system before anything is removed there, by the transition that a worker
 * makes: what is under way then makes no account anew. What a worker has in hand is left to it for the while: it ends by
 * itself, and knows of an account that it made. False where it was not through in time.
 */
export async function markLink(
  system: string,
  mark: (link: UserLink | undefined) => UserLink,
  { get, replace, now, pause, isOver }: MarkDeps,
): Promise<boolean> {
  while (!isOver()) {
    const link = await get(system);
    if (link === undefined || !isLeased(link, now())) {
      const marked = mark(link);
      if (marked === link || (await replace(marked, link))) return true;
    } else await pause(LOOK_AGAIN_MS);
  }
  return false;
}

/** What a worker would claim the link with that is told by the event. */
export function erasureClaim(
  { userId, userRef, until }: Erased,
  { system, eventId }: { readonly system: string; readonly eventId: string },
  now: number,
): Claim {
  const names = { userRef, system, user_id: userId, generation: until };
  return { ...names, acceptedAt: now, eventId, requestId: eventId, lease: { token: '', until: 0 }, now };
}
