import { AUTHENTICITY_CODES, EVENT_CODES, REJECT_CODES, RETRY_CODES } from '../../../events/codes';
import { ALARM_KINDS, type AlarmKindName, STAGES } from '../../../lib/monitoring/alarm-kinds';
import { runbookLink } from '../../../lib/monitoring/runbook';
import { readPage, rowsOf, sectionOf } from '../../docs/helpers/markdown';
import { alarmsOf, descriptionOf } from '../helpers/alarms';
import { INVITATIONS, synthesize } from '../helpers/synthesize';

const page = readPage('docs/runbook.md');
const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);
const kinds = Object.keys(ALARM_KINDS) as AlarmKindName[];
const alarms = alarmsOf(synthesize({ invitations: INVITATIONS }));
const nameOf = (kind: AlarmKindName) => `\`${kind.replace(/[A-Z]/g, '-$&').toLowerCase()}\``;
const linkOf = (kind: AlarmKindName) => `[${ALARM_KINDS[kind].heading}](${runbookLink('', kind)}): `;
const unique = (texts: string[]) => [...new Set(texts)].toSorted();

/** The introduction, and what is of no one alarm. */
const NO_ALARM = 'Before you begin';

describe('the runbook', () => {
  test('has a heading for every alarm of the stack, and every alarm names one', () => {
    const named = alarms.map((alarm) => /^Runbook: (.+)$/m.exec(descriptionOf(alarm))?.[1] ?? '');
    expect(unique(named)).toEqual(unique(kinds.map((kind) => runbookLink('docs/runbook.md', kind))));
  });

  test('has no heading without an alarm', () => {
    const known = unique(Object.values(ALARM_KINDS).map(({ heading }) => heading));
    expect(headings.filter((heading) => heading !== NO_ALARM).toSorted()).toEqual(known);
  });

  test('begins with what is the same for all', () => {
    expect(headings[0]).toBe(NO_ALARM);
  });

  test('lists every alarm first, in the order of the sentence, with its severity and its heading', () => {
    const index = rowsOf(page.slice(0, page.indexOf(`## ${NO_ALARM}`)));
    const inOrder = STAGES.flatMap((stage) => kinds.filter((kind) => ALARM_KINDS[kind].stage === stage));
    expect(index.map(([name, severity, first = '']) => [name, severity, first])).toEqual(
      inOrder.map((kind) => [
        nameOf(kind),
        ALARM_KINDS[kind].severity,
        expect.stringContaining(linkOf(kind)),
      ]),
    );
  });

  test('has the headings in the order of the sentence', () => {
    const inOrder = STAGES.flatMap((stage) =>
      kinds.filter((kind) => ALARM_KINDS[kind].stage === stage).map((kind) => ALARM_KINDS[kind].heading),
    );
    expect(headings.slice(1)).toEqual([...new Set(inOrder)]);
  });

  test.each(headings.slice(1))(
    'says under "%s" who suffers, how to look, how to heal and whom to wake',
    (heading) => {
      const text = sectionOf(page, heading);
      for (const part of ['Means', 'Look', 'Heal', 'Wake'])
        expect(text).toMatch(new RegExp(`^\\*\\*${part}[^*]*\\*\\*`, 'm'));
    },
  );

  test.each(headings.slice(1))('says under "%s" how bad it is, as the alarm does', (heading) => {
    const severities = kinds
      .filter((kind) => ALARM_KINDS[kind].heading === heading)
      .map((kind) => ALARM_KINDS[kind].severity);
    expect(sectionOf(page, heading)).toMatch(new RegExp(`^\\*${unique(severities).join(', ')}\\*`, 'm'));
  });

  test.each([
    ['Connector: a system keeps failing', RETRY_CODES],
    ['Quarantine: strays have arrived', AUTHENTICITY_CODES],
    ['System queue: messages are parked', { ...EVENT_CODES, ...REJECT_CODES }],
    [
      'Link: accounts are held',
      { conflict: '', ambiguous: '', 'merge-pending': '', 'deletion-threshold': '' },
    ],
  ])('says under "%s" what each code means that can be the reason', (heading, codes) => {
    const text = sectionOf(page, heading);
    expect(Object.keys(codes).filter((code) => !text.includes(`\`${code}\``))).toEqual([]);
  });
});
