import { DIALECTS } from '../../lambdas/connectors/scim/dialect';
import { dialect } from '../../lib/configuration/dialect-schema';
import { aWorkingCopy } from '../helpers/working-copy';
import { readPage, sectionOf } from './helpers/markdown';
import { apply, snippetsOf } from './helpers/snippets';

const page = readPage('docs/scim.md');

const firstColumn = (heading: string): string[] =>
  [...sectionOf(page, heading).matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = '']) => name);

test('the page has every dialect that has a name, and every setting', () => {
  expect(firstColumn('Dialects that have a name')).toEqual(Object.keys(DIALECTS));
  const [, single] = dialect.unwrap().options;
  const settings = Object.keys(single.shape).filter((name) => name !== 'like');
  expect(firstColumn('Single settings')).toEqual(settings);
});

test('every configuration of the page compiles and is taken', async () => {
  const copy = await aWorkingCopy();
  try {
    for (const snippet of snippetsOf(page)) {
      apply(snippet, copy.directory);
      const script =
        "import { configuration } from './punctual.config'; console.log(JSON.stringify(configuration.systems));";
      expect(await copy.evaluate(script)).toContain('baseUrl');
    }
    await expect(copy.run('node_modules/.bin/tsc --noEmit')).resolves.toBe('');
  } finally {
    await copy.remove();
  }
}, 60_000);
