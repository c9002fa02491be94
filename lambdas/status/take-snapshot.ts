import { RETURN_TOKEN_SECONDS, type ReturnToken, TICKET_SECONDS } from '../../events/login-tokens';
import { isWaitedFor, type Readiness, readinessOf } from '../../events/readiness';
import type { SnapshotEnd, StatusSnapshot } from '../../events/status-snapshot';
import type { RowsOf } from './rows-of';
import type { Session } from './session';
import { expectedFor, type ShownSystem, type StatusSettings, withGrant } from './status-settings';
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
    const rows = await deps.rowsOf(userRef, token.created_at);
    const now = deps.now();
    const redeemedMsAgo = token.grant && now - token.grant.at;
    const systems = withGrant(expectedFor(deps.settings.systems, token.connection), redeemedMsAgo);
    const readiness = readinessOf(rows, systems);
    const deadlineAt = token.at + deps.settings.deadlineMs;
    const exp = Math.floor(now / 1000) + TICKET_SECONDS;
    const end = endOf(readiness, now >= deadlineAt);
    return {
      systems: systems.map((system, index) => {
        const standing = readiness.systems[index]?.standing ?? 'waiting';
        return { name: system.name, label: system.label, required: isWaitedFor(system), standing };
      }),
      ...(end !== undefined && { end }),
      ...{ deadlineAt, now },
      returnToken: await signToken(returnTokenOf(session, systems, readiness, now), deps.returnSecrets),
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

function returnTokenOf(
  session: Session,
  systems: readonly ShownSystem[],
  readiness: Readiness,
  now: number,
): ReturnToken {
  const { token, state } = session;
  const iat = Math.floor(now / 1000);
  const those = (wanted: string) =>
    readiness.systems.filter(({ standing }) => standing === wanted).map(({ name }) => name);
  const ready = those('ready');
  const isGranted = systems.some(({ name, grants }) => grants && ready.includes(name));
  return {
    purpose: 'return',
    ...{ sub: token.sub, iss: token.iss, state, connection: token.connection },
    ...{ iat, exp: iat + RETURN_TOKEN_SECONDS },
    ...{ all: readiness.all, failed: readiness.failed, ready, waiting: those('waiting') },
    ...(token.grant && isGranted && { roles: token.grant.roles }),
  };
}
