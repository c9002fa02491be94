import { audited } from '../../cli/audit/audited';
import { listAudit } from '../../cli/audit/list';
import { CliError } from '../../cli/cli-error';
import type { AuditRow } from '../../events/audit-row';
import { aScreen } from './helpers/a-screen';
import { anAudit, NOW } from './helpers/deps';

const ENTRY = { act: 'dlq redrive', subject: 'crm' };

describe('what changes something', () => {
  const setUp = (fields: Parameters<typeof anAudit>[0] = {}) => {
    const [{ audit, acts }, { screen, warnings }] = [anAudit(fields), aScreen()];
    return { deps: { audit, screen }, acts, warnings };
  };
  const done = async () => ({ outcome: 'done', counts: { moved: 3 } }) as const;

  test('is noted before it begins, and closed with how it ended', async () => {
    const { deps, acts } = setUp();
    const result = await audited(deps, ENTRY, async () => {
      expect(acts).toEqual([ENTRY]);
      return { outcome: 'stopped' as const, counts: { moved: 3 }, besides: 'kept' };
    });
    expect(acts).toEqual([{ ...ENTRY, outcome: 'stopped', counts: { moved: 3 } }]);
    expect(result.besides).toBe('kept');
  });

  test('is not begun where it cannot be noted', async () => {
    const work = jest.fn();
    const { deps } = setUp({ isUnavailable: true });
    await expect(audited(deps, ENTRY, work)).rejects.toThrow('audit-unavailable');
    expect(work).not.toHaveBeenCalled();
  });

  test.each([
    ['the code of the error', new CliError('access-denied', 'You may not'), 'access-denied'],
    ['no words of an error that is not ours', new TypeError('ada@example.com'), 'unexpected'],
  ])('leaves %s when it fails', async (_, error, code) => {
    const { deps, acts } = setUp();
    await expect(audited(deps, ENTRY, () => Promise.reject(error))).rejects.toBe(error);
    expect(acts).toEqual([{ ...ENTRY, outcome: 'failed', code }]);
  });

  test('leaves what it had done when it fails half way', async () => {
    const { deps, acts } = setUp();
    const reason = new CliError('unreachable', 'No answer');
    const work = audited(deps, ENTRY, async (tell) => {
      tell({ moved: 1 });
      tell({ moved: 2 });
      throw reason;
    });
    await expect(work).rejects.toBe(reason);
    expect(acts).toEqual([{ ...ENTRY, outcome: 'failed', code: 'unreachable', counts: { moved: 2 } }]);
  });

  test('is noted as what it was where its row cannot be closed at once', async () => {
    const { deps, acts, warnings } = setUp({ refusals: 2 });
    await audited(deps, ENTRY, done);
    expect([acts, warnings]).toEqual([[{ ...ENTRY, outcome: 'done', counts: { moved: 3 } }], []]);
  });

  test('is told as done though its row stays open, with a warning', async () => {
    const { deps, acts, warnings } = setUp({ refusals: Number.POSITIVE_INFINITY });
    expect(await audited(deps, ENTRY, done)).toEqual({ outcome: 'done', counts: { moved: 3 } });
    expect(acts).toEqual([ENTRY]);
    expect(warnings).toEqual([
      'audit-open: The audit row could not be closed and still says started: No answer to dynamodb:UpdateItem',
    ]);
  });

  test('fails for its own reason, although the row cannot be closed either', async () => {
    const { deps, warnings } = setUp({ refusals: Number.POSITIVE_INFINITY });
    const reason = new CliError('aws-refused', 'No');
    await expect(audited(deps, ENTRY, () => Promise.reject(reason))).rejects.toBe(reason);
    expect(warnings).toHaveLength(1);
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
