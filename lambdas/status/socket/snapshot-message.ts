import type { Answer } from '../api/json-answer';
import { askedIn } from '../api/snapshot-route';
import { openSession, type SessionDeps } from '../session';
import type { TakeSnapshot } from '../take-snapshot';
import type { Connections } from './connections';
import type { PostToConnection } from './post-to-connection';

/** A message that came over a socket. */
export interface Said {
  readonly body?: string | undefined;
  readonly requestContext: { readonly connectionId: string };
}

export interface SnapshotMessageDeps extends SessionDeps {
  readonly takeSnapshot: TakeSnapshot;
  readonly connections: Pick<Connections, 'add'>;
  readonly post: PostToConnection;
}

const DONE: Answer = { statusCode: 200 };

/**
 * The route `snapshot`: answers over the socket with how things stand, and tells whoever pushes that it is open. The
 * token alone says whose it is. Without a right one nothing is noted, and the page polls.
 */
export function createSnapshotMessage(deps: SnapshotMessageDeps): (said: Said) => Promise<Answer> {
  return async ({ body, requestContext: { connectionId } }) => {
    const opened = await openSession(askedIn(body), deps);
    if (!opened.ok) {
      await deps.post(connectionId, { type: 'expired' });
      return { statusCode: 400 };
    }
    const { token, userRef } = opened.session;
    // Before looking, so that a change in between is pushed if it is not seen.
    const expiresAt = Math.floor(token.exp);
    await deps.connections.add({ userRef, connectionId, at: deps.now(), expiresAt });
    await deps.post(connectionId, { type: 'snapshot', snapshot: await deps.takeSnapshot(opened.session) });
    return DONE;
  };
}
