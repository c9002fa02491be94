import { configurationPage } from '../../docs/generate/configuration';
import { readPage } from './helpers/markdown';

test('the reference of the configuration says what its schema says', () => {
  // `npm run generate` brings it up to date.
  expect(readPage('docs/configuration.md')).toBe(configurationPage());
});

test('every setting is explained', () => {
  const unexplained = configurationPage()
    .split('\n')
    .filter((line) => line.startsWith('| `') && / {2}\|$/.test(line));
  expect(unexplained).toEqual([]);
});
