import { failedRecords } from '../../../local/functions/batch-response';

const IDS = ['a', 'b', 'c'];
const answered = (result: unknown) => ({ requestId: 'r', ok: true, result }) as const;
const failures = (...ids: unknown[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

test.each([
  ['nothing', null, []],
  ['an empty object', {}, []],
  ['no failures', failures(), []],
  ['null for the list', { batchItemFailures: null }, []],
  ['some failures', failures('b'), ['b']],
  ['an unknown record', failures('b', 'x'), IDS],
  ['a record without name', failures(''), IDS],
  ['null for a name', failures(null), IDS],
  ['another form', { batchItemFailures: 'b' }, IDS],
])('a function that reports and answers %s', (_, result, failed) => {
  expect([...failedRecords(IDS, answered(result), true)]).toEqual(failed);
});

test('a function that does not report succeeds whatever it answers', () => {
  expect(failedRecords(IDS, answered(failures('a')), false).size).toBe(0);
});

test('fails as a whole when the function fails', () => {
  const failed = failedRecords(IDS, { requestId: 'r', ok: false, errorType: 'Error' }, true);
  expect([...failed]).toEqual(IDS);
});
