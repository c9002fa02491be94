import { aWorkingCopy } from '../helpers/working-copy';
import { readPage } from './helpers/markdown';
import { applyBeside, snippetsOf } from './helpers/snippets';

const page = readPage('docs/invitations.md');

test('the configuration of the page compiles and is taken', async () => {
  const copy = await aWorkingCopy();
  try {
    const [file = ''] = applyBeside(snippetsOf(page), copy.directory);
    await copy.compile([file]);
    const { dev } = JSON.parse(
      await copy.evaluate(`console.log(JSON.stringify(require('./${file}').configuration.environments));`),
    ) as { dev: { invitations: { expiryDays: number } } };
    expect(dev.invitations.expiryDays).toBe(7);
  } finally {
    await copy.remove();
  }
}, 60_000);
