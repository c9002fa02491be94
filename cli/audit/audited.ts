import type { AuditClosing, AuditCounts, AuditEntry } from '../../events/audit-row';
import { CliError } from '../cli-error';
import type { Deps, Screen } from '../deps';

/** What was done so far, for the row of an act that fails half way. */
export type Tell = (counts: AuditCounts) => void;

/**
 * Does what changes something, between an audit row that says so and the closing of that row. What cannot be noted is
 * not done. `work` gives what the row ends with, and whatever else its caller wants to know.
 */
export async function audited<Result extends AuditClosing>(
  { audit, screen }: Pick<Deps, 'audit' | 'screen'>,
  entry: AuditEntry,
  work: (tell: Tell) => Promise<Result>,
): Promise<Result> {
  const close = await (await audit()).begin(entry);
  let soFar: Pick<AuditClosing, 'counts'> = {};
  const tell: Tell = (counts) => {
    soFar = { counts };
  };
  const result = await work(tell).catch(async (error) => {
    const code = error instanceof CliError ? error.code : 'unexpected';
    await note(() => close({ outcome: 'failed', code, ...soFar }), screen);
    throw error;
  });
  await note(() => close({ outcome: result.outcome, ...pick(result) }), screen);
  return result;
}

const MOST_TRIES = 3;

// What was done is done, and has to be told as such, whatever becomes of its row.
async function note(close: () => Promise<void>, screen: Screen): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await close();
      return;
    } catch (error) {
      if (tries < MOST_TRIES) continue;
      const words = `The audit row could not be closed and still says started: ${(error as Error).message}`;
      screen.warn('audit-open', words);
      return;
    }
  }
}

function pick({ counts, code, certificate, subject }: AuditClosing): Omit<AuditClosing, 'outcome'> {
  return {
    ...(counts === undefined ? {} : { counts }),
    ...(code === undefined ? {} : { code }),
    ...(certificate === undefined ? {} : { certificate }),
    ...(subject === undefined ? {} : { subject }),
  };
}
