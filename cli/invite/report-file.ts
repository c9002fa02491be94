import { basename } from 'node:path';
import type { Deps } from '../deps';

/** What became of a line. It holds no address: the line of the file does. */
export interface ReportLine {
  readonly line: number;
  /** Of the invitation, where there is one. */
  readonly id?: string;
  readonly state?: string;
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

/** A line for each, in their order. What was done is done although it cannot be written: it warns, and says false. */
export async function saveReport(
  file: string,
  lines: readonly ReportLine[],
  { saveText, screen }: Pick<Deps, 'saveText' | 'screen'>,
): Promise<boolean> {
  if (lines.length === 0) return false;
  const text = lines
    .toSorted((one, other) => one.line - other.line)
    .map((one) => `${JSON.stringify(one)}\n`)
    .join('');
  try {
    await saveText(file, text);
    return true;
  } catch (error) {
    screen.warn(
      'not-saved',
      `The report could not be written to ${basename(file)}: ${(error as Error).message}`,
    );
    return false;
  }
}
