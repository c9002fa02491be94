import { errorName, type Log } from '../../runtime/logger';
import type { LinkChange } from '../link-change';
import type { Connection, Connections } from '../socket/connections';
import type { PostToConnection } from '../socket/post-to-connection';
import type { ShownSystem } from '../status-settings';
import type { Limiter } from './limiter';
import { type Seen, standingChanges } from './standing-changes';

export interface PushDeps {
  readonly connections: Pick<Connections, 'of' | 'remove'>;
  readonly post: PostToConnection;
  readonly systems: readonly ShownSystem[];
  /** Of what is sent to sockets. */
  readonly limiter: Limiter;
  readonly log: Log;
  /** Epoch ms. */
  readonly now: () => number;
  /** An AbortSignal after so many milliseconds. */
  readonly timeout: (ms: number) => AbortSignal;
}

/** Tells the pages that are open of what changed. Never rejects: a page that is not told finds out by asking. */
export type PushChanges = (changes: readonly LinkChange[]) => Promise<void>;

/** Nobody on a page waits longer for a push than for their next poll, and the rows behind this batch wait meanwhile. */
const LONGEST_MS = 1_500;
const AT_ONE_TIME = 10;

export function createPushChanges(deps: PushDeps): PushChanges {
  return async (changes) => {
    const end = deps.timeout(LONGEST_MS);
    const people = standingChanges(changes, deps.systems);
    const failures: string[] = [];
    const failed = (error: unknown) => void failures.push(errorName(error));
    const work = async () => {
      while (!end.aborted) {
        const person = people.shift();
        if (person === undefined) return;
        await tellPerson(person, deps, end, failed).catch(failed);
      }
    };
    await Promise.all(Array.from({ length: AT_ONE_TIME }, work));
    const count = failures.length + people.length;
    if (count > 0) deps.log('warn', 'pages not told', { count, error: failures[0] ?? 'TooLate' });
  };
}

// One page that cannot be told must not keep the person's other tabs waiting.
async function tellPerson(
  { userRef, standings }: Seen,
  deps: PushDeps,
  end: AbortSignal,
  failed: (error: unknown) => void,
): Promise<void> {
  const connections = await deps.connections.of(userRef, end);
  await Promise.all(
    connections.map((connection) => tellConnection(connection, standings, deps, end).catch(failed)),
  );
}

async function tellConnection(
  connection: Connection,
  standings: Seen['standings'],
  deps: PushDeps,
  end: AbortSignal,
): Promise<void> {
  // DynamoDB takes its time to clear away what is over.
  if (connection.expiresAt * 1000 <= deps.now()) return deps.connections.remove(connection, end);
  for (const [system, standing] of standings) {
    if (!deps.limiter()) return;
    const answer = await deps.post(connection.connectionId, { type: 'standing', system, standing }, end);
    if (answer === 'gone') return deps.connections.remove(connection, end);
  }
}
