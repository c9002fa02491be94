import { SCIM_RULES } from '../../lib/connectors/mapping-rules-of';
import { aWorkingCopy, type WorkingCopy } from '../helpers/working-copy';
import { readPage } from './helpers/markdown';
import { apply, applyBeside, type Snippet, snippetsOf } from './helpers/snippets';

const page = readPage('docs/attributes-and-scope.md');
const [mapped, scoped] = snippetsOf(page) as [Snippet, Snippet];
let copy: WorkingCopy;

beforeAll(async () => {
  copy = await aWorkingCopy();
});
afterAll(() => copy?.remove());

/** The rules of each system of a configuration of the page, as its functions are told them. */
async function rulesBy(snippet: Snippet): Promise<Record<string, { to: string }[]>> {
  apply(snippet, copy.directory);
  const script = `
    import { mappingRulesOf } from './lib/connectors/mapping-rules-of';
    import { configuration } from './punctual.config';

    const systems = Object.entries(configuration.systems);
    console.log(JSON.stringify(Object.fromEntries(systems.map(([name, system]) => [name, mappingRulesOf(system)]))));`;
  return JSON.parse(await copy.evaluate(script));
}

const compile = (snippets: readonly Snippet[]) => copy.compile(applyBeside(snippets, copy.directory));

test('every configuration of the page compiles', async () => {
  expect(snippetsOf(page).every(({ file, place }) => file === 'punctual.config.ts' && !place)).toBe(true);
  await compile(snippetsOf(page));
}, 180_000);

test('an attribute of the page that is misspelt would not compile', async () => {
  const misspelt = { ...mapped, code: mapped.code.replace('userType:', 'userTypo:') };
  await expect(compile([misspelt])).rejects.toThrow('userTypo');
}, 180_000);

test('the examples mean what stands beside them', async () => {
  const { crm = [], reviews = [] } = await rulesBy(mapped);
  const names = crm.map(({ to }) => to);
  expect(names).not.toContain('name.familyName');
  expect(names).toContain('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department');
  expect(reviews).toEqual([
    { to: 'email', from: ['email'] },
    { to: 'handle', from: ['username', 'email'], lowerCase: true, text: true, write: 'ifEmpty' },
  ]);
}, 180_000);

test('a scope of the page is understood as it stands there', async () => {
  apply(scoped, copy.directory);
  const script = `
    import { scopeRuleOf } from './lib/connectors/scope-rule-of';
    import { configuration } from './punctual.config';

    const systems = Object.entries(configuration.systems);
    console.log(JSON.stringify(Object.fromEntries(systems.map(([name, { scope }]) => [name, scopeRuleOf(scope)]))));`;
  expect(JSON.parse(await copy.evaluate(script))).toMatchObject({
    reviews: null,
    intranet: { connections: ['employees'], strategies: ['waad', 'samlp'] },
    helpdesk: {
      where: [{ of: 'app_metadata_plan' }, { of: 'app_metadata_roles' }, { of: 'email_verified' }],
    },
  });
}, 180_000);

test('the defaults that the page names are those of the kind', () => {
  const rows = [...page.matchAll(/^\| (`[^|]+`) \| (`[^|]+?)(?:, as .*)? \|$/gm)]
    .map(([, to = '', from = '']) => [to, from].map((cell) => cell.replaceAll('`', '').split(', ')))
    .filter(([to = []]) => SCIM_RULES.some((rule) => to.includes(rule.to)));
  const told = rows.flatMap(([to = [], from = []]) =>
    to.map((name, index) => [name, to.length > 1 ? [from[index]] : from]),
  );
  expect(told).toEqual(SCIM_RULES.map(({ to, from }) => [to, from]));
});
