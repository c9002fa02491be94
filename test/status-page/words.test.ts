import { wordsOf as invitationWordsOf } from '../../invitation-page/words/words-of';
import { fill } from '../../status-page/layout/fill';
import { LANGUAGES } from '../../status-page/layout/language';
import { fillCounted } from '../../status-page/words/words';
import { wordsOf } from '../../status-page/words/words-of';

/** Every text with the path to it. */
const textsOf = (value: unknown, path = ''): [path: string, text: string][] =>
  typeof value === 'string'
    ? [[path, value]]
    : Object.entries(value as object).flatMap(([key, inner]) => textsOf(inner, `${path}/${key}`));

const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted();

const PAGES = { status: wordsOf, invitation: invitationWordsOf };

describe.each(Object.entries(PAGES))('the words of the %s page', (_, wordsIn) => {
  test.each(LANGUAGES)('are all there in %s, with the same values in them as in English', (language) => {
    const english = new Map(textsOf(wordsIn('en')));
    const texts = textsOf(wordsIn(language));
    expect(texts.map(([path]) => path)).toEqual([...english.keys()]);
    for (const [path, text] of texts) {
      expect(text.trim()).not.toBe('');
      expect([path, placeholders(text)]).toEqual([path, placeholders(english.get(path) ?? '')]);
    }
  });
});

test('fills values in once, whatever they hold', () => {
  expect(fill('{a} and {b}, {c}', { a: '{b}', b: '$&' })).toBe('{b} and $&, {c}');
});

test('knows one from more', () => {
  const { limit } = wordsOf('en');
  expect([0, 1, 2].map((count) => fillCounted(limit, count))).toEqual([
    'You continue in 0 seconds at the latest.',
    'You continue in 1 second at the latest.',
    'You continue in 2 seconds at the latest.',
  ]);
});
