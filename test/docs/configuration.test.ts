import { configurationPage } from '../../docs/generate/configuration';
import { settingsOf } from '../../docs/generate/settings';
import { configurationSchema } from '../../lib/configuration/configuration-schema';
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

// What a schema has no words for says what was wrong, and not what is allowed: here, and at synth.
test('every setting says in words of ours what it may be', () => {
  const settings = settingsOf(configurationSchema);
  const wordless = settings.filter(({ allowed }) =>
    /^$|Invalid|expected|received (?!and|so)|symbol/.test(allowed),
  );
  expect(wordless.map(({ path, allowed }) => `${path}: ${allowed}`)).toEqual([]);
});
