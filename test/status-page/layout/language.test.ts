import { chooseLanguage } from '../../../status-page/layout/language';

test.each([
  ['de', 'de'],
  ['de-AT en', 'de'],
  ['FR-ca', 'fr'],
  ['pt-BR fr', 'fr'],
  ['pt-BR', 'en'],
  ['', 'en'],
  ['den', 'en'],
  ['fr_CH', 'fr'],
  ['en-GB,de;q=0.9', 'en'],
  ['de;q=0.4, fr;q=0.8', 'fr'],
  ['de;q=0, fr;q=0.1', 'fr'],
  ['<script>', 'en'],
])('of %p it speaks %s', (list, language) => {
  expect(chooseLanguage(list)).toBe(language);
});

test('what the application asks for comes before what the browser does', () => {
  expect(chooseLanguage('fr', 'de,en')).toBe('fr');
  expect(chooseLanguage('pt', 'de,en')).toBe('de');
  expect(chooseLanguage(undefined, 'de')).toBe('de');
  expect(chooseLanguage(undefined)).toBe('en');
});

test('takes no time for a list of any length', () => {
  expect(chooseLanguage(' ,;q='.repeat(100_000))).toBe('en');
});
