import { DIALECTS } from '../../lambdas/connectors/scim/dialect';
import { dialect } from '../../lib/configuration/dialect-schema';
import { aWorkingCopy } from '../helpers/working-copy';
import { readPage, sectionOf } from './helpers/markdown';
import { applyBeside, snippetsOf } from './helpers/snippets';

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
    const files = applyBeside(snippetsOf(page), copy.directory);
    await copy.compile(files);
    const imports = files.map((file) => `require('./${file}').configuration.systems`);
    const taken = JSON.parse(await copy.evaluate(`console.log(JSON.stringify([${imports}]));`)) as object[];
    for (const systems of taken) expect(JSON.stringify(systems)).toContain('baseUrl');
  } finally {
    await copy.remove();
  }
}, 60_000);
