import { readCsv } from '../../cli/invite/csv';

const cellsOf = (text: string) => {
  const csv = readCsv(text);
  return csv.ok ? csv.records.map(({ line, cells }) => [line, ...cells]) : `${csv.line}: ${csv.words}`;
};

test.each([
  [
    'a,b\n1,2',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
  [
    'a,b\r\n1,2\r\n',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
  [
    '\uFEFFa\n1',
    [
      [1, 'a'],
      [2, '1'],
    ],
  ],
  [
    'a,\n,b',
    [
      [1, 'a', ''],
      [2, '', 'b'],
    ],
  ],
  ['a,"b,c"', [[1, 'a', 'b,c']]],
  ['"a ""b"" c",""', [[1, 'a "b" c', '']]],
  ['""""', [[1, '"']]],
  [
    '"a\nb",c\nd,e',
    [
      [1, 'a\nb', 'c'],
      [3, 'd', 'e'],
    ],
  ],
  [
    '"a\r\nb"\r\nc',
    [
      [1, 'a\r\nb'],
      [3, 'c'],
    ],
  ],
  [
    '\n\na\n\nb\n\n',
    [
      [3, 'a'],
      [5, 'b'],
    ],
  ],
  ['', []],
  [' a , b ', [[1, ' a ', ' b ']]],
])('%j', (text, cells) => {
  expect(cellsOf(text)).toEqual(cells);
});

test.each([
  ['a\n"b', '2: a quote is opened and not closed'],
  ['"a""', '1: a quote is opened and not closed'],
  ['a"b', '1: a quote stands within a cell that has none around it'],
  ['"a"b', '1: something stands behind a quote that is closed'],
  ['x\n"a" ,b', '2: something stands behind a quote that is closed'],
  ['a\rb', '1: a carriage return stands without a line feed'],
  ['"a"\rb', '1: a carriage return stands without a line feed'],
])('rejects %j', (text, words) => {
  expect(cellsOf(text)).toBe(words);
});

test('reads a file of a hundred thousand lines in a moment', () => {
  const line = 'somebody.with.a.long.name@example.com,editor;shop manager,"funnel, 1",de\r\n';
  const csv = readCsv(line.repeat(100_000));
  expect(csv.ok && csv.records.length).toBe(100_000);
});
