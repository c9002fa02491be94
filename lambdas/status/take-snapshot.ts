import { RETURN_TOKEN_SECONDS, type ReturnToken, TICKET_SECONDS } from '../../events/login-tokens';
import { type Readiness, readinessOf } from '../../events/readiness';
import type { SnapshotEnd, StatusSnapshot } from '../../events/status-snapshot';
import type { RowsOf } from './rows-of';
import type { Session } from './session';
import { expectedFor, type StatusSettings } from './status-settings';
import { signToken } from './tokens/sign-token';
import type { ReadTokenSecrets } from './tokens/token-secrets';

export interface SnapshotDeps {
  readonly rowsOf: RowsOf;
  readonly statusSecrets: ReadTokenSecrets;
  readonly returnSecrets: ReadTokenSecrets;
  readonly settings: StatusSettings;
  /** Epoch ms. */
  readonly now: () => number;
}

export type TakeSnapshot = (session: Session) => Promise<StatusSnapshot>;

/** How things stand for a person now, with what they go on and listen by. Writes nothing. */
export function createTakeSnapshot(deps: SnapshotDeps): TakeSnapshot {
  return async (session) => {
    const { token, userRef } = session;
    const systems = expectedFor(deps.settings.systems, token.connection);
    const readiness = readinessOf(await deps.rowsOf(userRef, token.created_at), systems);
    const now = deps.now();
    const deadlineAt = token.at + deps.settings.deadlineMs;
    const exp = Math.floor(now / 1000) + TICKET_SECONDS;
    const end = endOf(readiness, now >= deadlineAt);
    return {
      systems: systems.map(({ name, label, required }, index) => {
        return { name, label, required, standing: readiness.systems[index]?.standing ?? 'waiting' };
      }),
      ...(end !== undefined && { end }),
      ...{ deadlineAt, now },
      returnToken: await signToken(returnTokenOf(session, readiness, now), deps.returnSecrets),
      ticket: await signToken({ purpose: 'ticket', sub: userRef, exp }, deps.statusSecrets),
    };
  };
}

// One that failed does not keep a person from waiting for the others: a login may go on without it.
function endOf({ settled, failed }: Readiness, isOver: boolean): SnapshotEnd | undefined {
  if (!settled && !isOver) return undefined;
  if (failed.length > 0) return 'failed';
  return settled ? 'settled' : 'deadline';
}

function returnTokenOf(session: Session, readiness: Readiness, now: number): ReturnToken {
  const { token, state } = session;
  const iat = Math.floor(now / 1000);
  const those = (wanted: string) =>
    readiness.systems.filter(({ standing }) => standing === wanted).map(({ name }) => name);
  return {
    purpose: 'return',
    ...{ sub: token.sub, iss: token.iss, state, connection: token.connection },
    ...{ iat, exp: iat + RETURN_TOKEN_SECONDS },
    ...{ all: readiness.all, failed: readiness.failed, ready: those('ready'), waiting: those('waiting') },
  };
}
