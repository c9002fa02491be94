import { bringsAccount, type JitRule } from '../../events/jit-rule';
import { aWorkingCopy } from '../helpers/working-copy';
import { readPage } from './helpers/markdown';
import { apply, type Snippet, snippetsOf } from './helpers/snippets';

const page = readPage('docs/just-in-time.md');

/** The rules of each system of a configuration of the page, as its functions are told them. */
async function rulesBy(snippet: Snippet): Promise<Record<string, JitRule | null>> {
  const copy = await aWorkingCopy();
  try {
    apply(snippet, copy.directory);
    const script = `
      import { jitRuleOf } from './lib/connectors/jit-rule-of';
      import { configuration } from './punctual.config';

      const { jit, systems } = configuration;
      const rules = Object.keys(systems).map((name) => [name, jitRuleOf(jit, name)]);
      console.log(JSON.stringify(Object.fromEntries(rules)));`;
    return JSON.parse(await copy.evaluate(script));
  } finally {
    await copy.remove();
  }
}

test('the configuration of the page brings accounts as the table below it says', async () => {
  const [snippet] = snippetsOf(page) as [Snippet];
  const { crm = null, tickets = null } = await rulesBy(snippet);
  const rows = [...page.matchAll(/^\| `([^`]+)` \| (yes|no) \| (yes|no) \|$/gm)];
  expect(rows).toHaveLength(3);
  for (const [, name = '', ...brings] of rows) {
    const told = [crm, tickets].map((rule) => (bringsAccount(rule, name) ? 'yes' : 'no'));
    expect([name, ...told]).toEqual([name, ...brings]);
  }
}, 180_000);
