import { basename } from 'node:path';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';

/** What became of a line. It holds no address: the line of the file does. */
export interface ReportLine {
  readonly line: number;
  /** Of the invitation, where there is one. */
  readonly id?: string;
  readonly state?: string;
  /** It was made by an earlier run. */
  readonly before?: boolean;
  /** Why there is none, and which field it is about. */
  readonly code?: string;
  readonly field?: string;
  readonly words?: string;
}

/** Next to the file, or here where it came from stdin. @param now epoch ms */
export function reportFileOf(from: string, now: number): string {
  const at = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  return from === '-' ? `invitations-${at}.report.ndjson` : `${from}.${at}.report.ndjson`;
}

/** Takes the file before anybody is invited, so that no report is written over. Fails with `file-exists`, `no-file`. */
export async function reserveReport(file: string, { saveText }: Pick<Deps, 'saveText'>): Promise<void> {
  await saveText(file, '').catch((error) => {
    if (!(error instanceof CliError)) throw error;
    throw new CliError(
      error.code,
      `${error.message}, so nobody was invited`,
      'Name another one with --report',
      2,
    );
  });
}

/**
 * A line for each, in their order. What was done is done although it cannot be written: it warns, and says false.
 *
 * @param write a file that is new, or ours
 */
export async function saveReport(
  file: string,
  lines: readonly ReportLine[],
  write: Deps['saveText'],
  { screen }: Pick<Deps, 'screen'>,
): Promise<boolean> {
  const text = lines
    .toSorted((one, other) => one.line - other.line)
    .map((one) => `${JSON.stringify(one)}\n`)
    .join('');
  try {
    await write(file, text);
    return true;
  } catch (error) {
    screen.warn(
      'not-saved',
      `The report could not be written to ${basename(file)}: ${(error as Error).message}`,
    );
    return false;
  }
}
