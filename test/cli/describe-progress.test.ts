import { describeProgress } from '../../cli/erase/describe-erasure';
import { renderLine } from '../../terminal/line';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const second = (dueAt: number) =>
  [{ system: 'crm', is: 'open', words: 'is looked for once more', link: { next: 'verify', dueAt } }] as never;

test.each([
  [NOW + 59_000, 'crm  is looked for once more in 59s or a few minutes more'],
  // The clock that brings it comes every five minutes, so that nobody believes that it hangs.
  [NOW - 1, 'crm  is looked for once more within five minutes'],
])('the second look that is due at %d is said to come when it comes', (dueAt, words) => {
  expect(describeProgress(second(dueAt), NOW).map((line) => renderLine(line, { colour: false }))).toEqual([
    words,
  ]);
});
