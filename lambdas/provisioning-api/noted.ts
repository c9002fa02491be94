import type { AuditCounts } from '../../events/audit-row';
import { errorName } from '../runtime/logger';
import type { ApiCall } from './api-call';
import type { ApiDeps } from './api-deps';
import { ApiProblem } from './problem';
import { type Claims, isProgram } from './token';

export interface Act {
  /** What the token of the administrator says. */
  readonly by: Claims;
  readonly act: string;
  /** Whom or what it is about. No personal data. */
  readonly subject: string;
}

/** How many of what were done, for the row of an act that may fail half way. */
export type Tell = (counts: AuditCounts) => void;

type Deps = Pick<ApiDeps, 'audit' | 'log' | 'userRefOf'>;

/**
 * Does what an administrator asks for, between a row of the audit table that says so and the closing of that row. What
 * cannot be noted is not done; what was done is answered as such, whatever becomes of its row.
 */
export async function noted<Result>(
  deps: Deps,
  { requestId, operator }: Pick<ApiCall, 'requestId' | 'operator'>,
  { by, act, subject }: Act,
  work: (tell: Tell) => Promise<Result>,
): Promise<Result> {
  const close = await deps.audit.begin({ who: operator ?? (await whoOf(deps, by)), act, subject });
  let counts: { counts?: AuditCounts } = {};
  const end = (outcome: Parameters<typeof close>[0]) =>
    close({ ...outcome, ...counts }).catch((error) => {
      deps.log('warn', 'the audit row still says started', { requestId, error: errorName(error) });
    });
  try {
    const result = await work((so) => {
      counts = { counts: so };
    });
    await end({ outcome: 'done' });
    return result;
  } catch (error) {
    await end({ outcome: 'failed', code: error instanceof ApiProblem ? error.code : 'unavailable' });
    throw error;
  }
}

// The id of a person may be their address, so that they are named as everywhere else. A program is no person.
async function whoOf({ userRefOf }: Deps, by: Claims): Promise<string> {
  if (isProgram(by)) return `provisioning-api/${by.azp ?? by.client_id}`;
  return `provisioning-api/user/${await userRefOf(String(by.sub))}`;
}
