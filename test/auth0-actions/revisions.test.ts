import { formatRevisions, keepRevisions, parseRevisions } from '../../auth0-actions/revisions';

const DAY_1 = Date.parse('2026-11-20T09:00:00Z');
const DAY_2 = Date.parse('2026-11-21T09:00:00Z');
const codeWith = (...revisions: [string, number][]) => `var a="${formatRevisions(new Map(revisions))}",b=1;`;

test('the revisions are found in the code again', () => {
  const revisions = new Map([
    ['-rev_of-one-', DAY_1],
    ['rev-of-two--', DAY_2],
  ]);
  expect(parseRevisions(`x;${formatRevisions(revisions)};y`)).toEqual(revisions);
  expect(parseRevisions('no revisions: here')).toEqual(new Map());
});

test('a revision that is known counts since it was, and a new one from now', () => {
  const earlier = codeWith(['rev-of-one--', DAY_1], ['rev-of-zero-', DAY_1]);
  const later = codeWith(['rev-of-one--', DAY_2], ['rev-of-two--', DAY_2]);
  expect(keepRevisions(later, earlier)).toBe(codeWith(['rev-of-one--', DAY_1], ['rev-of-two--', DAY_2]));
});

test('a code without revisions stays as it is, whatever was before', () => {
  expect(keepRevisions('exports.x = 1;', codeWith(['rev-of-one--', DAY_1]))).toBe('exports.x = 1;');
  expect(keepRevisions(codeWith(['rev-of-one--', DAY_2]), 'somebody else')).toBe(
    codeWith(['rev-of-one--', DAY_2]),
  );
});

test('of two earlier codes the later one of the list decides', () => {
  const code = codeWith(['rev-of-one--', DAY_2]);
  const earlier = [codeWith(['rev-of-one--', DAY_2 - 1]), codeWith(['rev-of-one--', DAY_1])];
  expect(parseRevisions(keepRevisions(code, ...earlier)).get('rev-of-one--')).toBe(DAY_1);
});
