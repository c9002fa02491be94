import type { Line } from '../../terminal/line';
import type { ReportLine } from './report-file';

/** On the screen; all of them are in the report. */
const MOST_SHOWN = 20;

export function describeBadLines(bad: readonly ReportLine[]): Line[] {
  const shown = bad.slice(0, MOST_SHOWN).map(({ line, field, code = '', words = code }) => {
    return `line ${line}: ${[field, words].filter(Boolean).join(' ')}`;
  });
  const more = bad.length - shown.length;
  return more > 0 ? [...shown, `and ${more} more`] : shown;
}
