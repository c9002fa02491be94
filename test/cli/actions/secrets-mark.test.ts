import { secretsMark, splitMark, withMark } from '../../../cli/actions/secrets-mark';

const SECRETS = [
  { name: 'EVENT_API_URL', value: 'https://api.example.com/v1/' },
  { name: 'EVENT_API_KEY', value: 'key' },
  { name: 'EVENT_SIGNING_SECRET', value: 'whsec_c2lnbmluZy1zZWNyZXQtb2YtMjQtYnl0ZXMhISEhISEh' },
];

const withValue = (index: number, value: string) =>
  SECRETS.map((secret, at) => (at === index ? { ...secret, value } : secret));

test('the same secrets have the same mark, and each other value has another', () => {
  const marks = [SECRETS, SECRETS, ...SECRETS.map((_, index) => withValue(index, 'other'))].map(secretsMark);
  expect(marks[0]).toBe(marks[1]);
  expect(new Set(marks).size).toBe(4);
  for (const mark of marks) expect(mark).toMatch(/^[\w-]{22}$/);
});

test('whoever lacks the signing secret cannot make the mark of the other two', () => {
  const guesses = ['', 'whsec_', 'key'].map((guess) => withValue(2, guess));
  expect(() => secretsMark(guesses[0] ?? [])).toThrow('No mark without the signing secret.');
  for (const guess of guesses.slice(1)) expect(secretsMark(guess)).not.toBe(secretsMark(SECRETS));
});

test('an Action without secrets has a mark as well, which is always the same', () => {
  expect(secretsMark([])).toMatch(/^[\w-]{22}$/);
  expect(secretsMark([])).toBe(secretsMark([]));
});

test('code and mark come apart again, also when an editor changed the end', () => {
  const mark = secretsMark(SECRETS);
  const code = 'exports.x = 1;\n';
  for (const end of ['', '\n', '\n\n', '\r\n']) {
    const marked = withMark(code, mark, 'Punctual-dev').trimEnd() + end;
    expect(splitMark(marked)).toEqual({ code, mark, stack: 'Punctual-dev' });
  }
});

test('a mark of before is one too, of a stack that nobody knows', () => {
  const mark = secretsMark(SECRETS);
  expect(splitMark(`exports.x = 1;\n/* Punctual secrets: ${mark} */\n`)).toEqual({
    code: 'exports.x = 1;\n',
    mark,
  });
});

test.each([
  ['code without a mark', 'exports.x = 1;\n'],
  ['a mark that is not at the end', '/* Punctual secrets: aaaaaaaaaaaaaaaaaaaaaa */\nexports.x = 1;\n'],
  ['a mark of another length', 'exports.x = 1;\n/* Punctual secrets: aaa */\n'],
])('%s is all code', (_, text) => {
  expect(splitMark(text)).toEqual({ code: text });
});
