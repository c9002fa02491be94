import { countOf } from '../../terminal/count-of';
import { describeDuration } from '../../terminal/duration';
import { fitText, widthOf } from '../../terminal/fit-text';
import { renderLine, styled } from '../../terminal/line';
import { safeJson, safeText } from '../../terminal/safe-text';
import { renderTable } from '../../terminal/table';
import { wrap } from '../../terminal/wrap';

describe('text from elsewhere', () => {
  const hostile = [
    '\u001b[2J\u001b]0;title\u0007',
    '\u009b31m',
    'line\r\noverwritten',
    '\u202eexe.txt',
    'a\u200bb',
    '\ud800',
    '\u2028',
  ];

  test.each(hostile)('%j reaches no screen as it is', (text) => {
    for (const line of [text, [styled('red', text)]]) {
      expect(renderLine(line, { colour: false })).toMatch(/^[\x20-\x7e]*$/);
    }
    expect(safeJson({ text })).toMatch(/^[\x20-\x7e]*$/);
  });

  test('means the same in JSON as before', () => {
    for (const text of hostile) expect(JSON.parse(safeJson({ text }))).toEqual({ text });
  });

  test('keeps what people write', () => {
    const text = 'Zoë 山田 👩 naïve';
    expect(safeText(text)).toBe(text);
  });

  test('has its colour from us alone', () => {
    expect(renderLine([styled('red', '\u001b[32mgreen')], { colour: true })).toBe(
      '\u001b[31m\\u{1b}[32mgreen\u001b[39m',
    );
  });
});

describe('a table', () => {
  const columns = [
    { title: 'name', text: ({ name }: { name: string }) => name, flexible: true },
    { title: 'count', text: () => '7', align: 'right' as const },
  ];
  const plain = (width: number, name: string) =>
    renderTable(columns, [{ name }], width).map((line) => renderLine(line, { colour: false }));

  test('is as wide as its texts', () => {
    expect(plain(80, 'crm')).toEqual(['name  count', 'crm       7']);
  });

  test('cuts the column that may be cut to the width of the screen', () => {
    expect(plain(20, 'a name that does not fit')).toEqual(['name           count', 'a name that …      7']);
  });

  test('stays in line with wide characters and with what was made visible', () => {
    const [, row = ''] = plain(80, '山田');
    expect(widthOf(row)).toBe('name  count'.length);
    expect(plain(80, '\u001b')[1]).toBe('\\u{1b}      7');
  });
});

test('a text is cut or filled to its columns', () => {
  expect(fitText('abcdef', 4)).toBe('abc…');
  expect(fitText('ab', 4, 'right')).toBe('  ab');
  expect(widthOf(fitText('山田太郎', 4))).toBe(4);
});

test('words are wrapped between them', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('incomprehensible', 7)).toEqual(['incomprehensible']);
});

test.each([
  [0, 'now'],
  [59_000, '59s'],
  [61_000, '1m'],
  [3 * 3_600_000, '3h'],
  [49 * 3_600_000, '2d'],
])('%d ms are %s', (ms, words) => {
  expect(describeDuration(ms)).toBe(words);
});

test.each([
  [0, '0 messages'],
  [1, '1 message'],
  [1_200, '1,200 messages'],
])('%d is counted in words', (count, words) => {
  expect(countOf(count, 'message')).toBe(words);
});

test('what was not counted to its end is said to be more', () => {
  expect(countOf(1_000, 'event', true)).toBe('at least 1,000 events');
});
