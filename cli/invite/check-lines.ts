import type { InviteBody } from '../../events/invitations/schemas';
import type { KnownNames } from '../invitation/known-names';
import { checkBody, type Fault } from './check-body';
import type { PersonLine } from './read-people';
import type { ReportLine } from './report-file';

/** A line that can be sent as it is. */
export interface GoodLine {
  readonly line: number;
  readonly body: InviteBody;
}

export interface CheckedLines {
  readonly good: readonly GoodLine[];
  readonly bad: readonly ReportLine[];
}

/** Looks at every line, so that whoever mends the file does so once. An address may be in it once. */
export function checkLines(lines: readonly PersonLine[], names: KnownNames, now: number): CheckedLines {
  const [good, bad]: [GoodLine[], ReportLine[]] = [[], []];
  const firstOf = new Map<string, number>();
  for (const one of lines) {
    const checked =
      'faults' in one ? ({ ok: false, faults: one.faults } as const) : checkBody(one.given, names, now);
    if (!checked.ok) {
      bad.push(...checked.faults.map((fault) => toBad(one.line, fault)));
      continue;
    }
    const address = checked.body.email.toLowerCase();
    const first = firstOf.get(address);
    if (first !== undefined) bad.push(toBad(one.line, { field: 'email', words: `is that of line ${first}` }));
    else good.push({ line: one.line, body: checked.body });
    firstOf.set(address, first ?? one.line);
  }
  return { good, bad };
}

const toBad = (line: number, { field, words }: Fault): ReportLine => ({
  line,
  ...{ code: 'bad-line', words },
  ...(field !== '' && { field }),
});
