import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import type { AuditClosing, AuditEntry } from './audit';

/**
 * Does what changes something, between an audit row that says so and the closing of that row. What cannot be noted is
 * not done. `work` gives what the row ends with, and whatever else its caller wants to know.
 */
export async function audited<Result extends AuditClosing>(
  deps: Pick<Deps, 'audit'>,
  entry: AuditEntry,
  work: () => Promise<Result>,
): Promise<Result> {
  const close = await (await deps.audit()).begin(entry);
  try {
    const result = await work();
    await close({ outcome: result.outcome, ...pick(result) });
    return result;
  } catch (error) {
    const code = error instanceof CliError ? error.code : 'unexpected';
    await close({ outcome: 'failed', code }).catch(() => undefined);
    throw error;
  }
}

function pick({ counts, code }: AuditClosing): Pick<AuditClosing, 'counts' | 'code'> {
  return { ...(counts === undefined ? {} : { counts }), ...(code === undefined ? {} : { code }) };
}
