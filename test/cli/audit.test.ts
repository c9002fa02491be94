import type { AuditRow } from '../../cli/audit/audit';
import { audited } from '../../cli/audit/audited';
import { listAudit } from '../../cli/audit/list';
import { CliError } from '../../cli/cli-error';
import { aScreen } from './helpers/a-screen';
import { anAudit, NOW } from './helpers/deps';

const ENTRY = { act: 'dlq redrive', subject: 'crm' };

describe('what changes something', () => {
  test('is noted before it begins, and closed with how it ended', async () => {
    const { audit, acts } = anAudit();
    const result = await audited({ audit }, ENTRY, async () => {
      expect(acts).toEqual([ENTRY]);
      return { outcome: 'stopped' as const, counts: { moved: 3 }, besides: 'kept' };
    });
    expect(acts).toEqual([{ ...ENTRY, outcome: 'stopped', counts: { moved: 3 } }]);
    expect(result.besides).toBe('kept');
  });

  test('is not begun where it cannot be noted', async () => {
    const work = jest.fn();
    await expect(audited(anAudit({ isUnavailable: true }), ENTRY, work)).rejects.toThrow('audit-unavailable');
    expect(work).not.toHaveBeenCalled();
  });

  test.each([
    ['the code of the error', new CliError('access-denied', 'You may not'), 'access-denied'],
    ['no words of an error that is not ours', new TypeError('ada@example.com'), 'unexpected'],
  ])('leaves %s when it fails', async (_, error, code) => {
    const { audit, acts } = anAudit();
    await expect(audited({ audit }, ENTRY, () => Promise.reject(error))).rejects.toBe(error);
    expect(acts).toEqual([{ ...ENTRY, outcome: 'failed', code }]);
  });

  test('fails for its own reason, although the row cannot be closed either', async () => {
    const audit = async () => ({
      begin: async () => () => Promise.reject(new Error('no table any more')),
      list: async () => [],
    });
    const reason = new CliError('aws-refused', 'No');
    await expect(audited({ audit }, ENTRY, () => Promise.reject(reason))).rejects.toBe(reason);
  });
});

describe('the list', () => {
  const row = (fields: Partial<AuditRow>): AuditRow => ({
    ...ENTRY,
    who: 'arn:aws:sts::1:assumed-role/operators/ada',
    outcome: 'done',
    startedAt: '2026-11-20T09:08:07.000Z',
    ...fields,
  });
  const setUp = (rows: AuditRow[]) => {
    const asked: unknown[] = [];
    const screen = aScreen();
    const list = async (...question: unknown[]) => {
      asked.push(question);
      return rows;
    };
    const audit = async () => ({ begin: async () => async () => undefined, list });
    return { asked, screen, deps: { audit, screen: screen.screen, now: () => NOW } };
  };

  test('has who did what when, how it ended and how many, in lines that fit', async () => {
    const long = 'crm with id 75ca9328-6183-450c-b2d7-efe793c03afd';
    const { screen, deps } = setUp([
      row({ counts: { moved: 3, failed: 0 } }),
      row({ outcome: 'failed', code: 'access-denied', subject: long }),
    ]);
    await listAudit({ limit: 20 }, deps);
    expect(screen.lines[1]).toMatch(/^11-20 09:08 +operators\/ada +dlq redrive crm +done +3 moved$/);
    expect(screen.lines[2]).toMatch(/ failed +access-denied$/);
    expect(screen.lines.filter((line) => line.length > 80)).toEqual([]);
  });

  test('is of this month, or of the one that is asked for', async () => {
    const { asked, screen, deps } = setUp([]);
    await listAudit({ limit: 20 }, deps);
    await listAudit({ limit: 5, month: '2026-02' }, deps);
    expect(asked).toEqual([
      ['2026-11', 20],
      ['2026-02', 5],
    ]);
    expect(screen.lines).toEqual([
      'Nobody changed anything in 2026-11.',
      'Nobody changed anything in 2026-02.',
    ]);
  });

  test('fails for a month that is none', async () => {
    await expect(listAudit({ limit: 5, month: 'nov' }, setUp([]).deps)).rejects.toMatchObject({
      exitCode: 2,
    });
  });
});
