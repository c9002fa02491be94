import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../cli/commands';
import { parseCommandLine } from '../../cli/parse-command-line';
import { ROOT, readPage } from './helpers/markdown';

const pages = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

const WORD = `'[^']*'|"[^"]*"|<[^>]*>|[^\\s\`|)#;&'"]+`;

/** What a page tells its reader to type after `npx punctual`, each once. */
function commandsIn(page: string): string[] {
  const text = readPage(page).replaceAll('\\\n', ' ');
  const typed = [...text.matchAll(new RegExp(`npx punctual((?: +(?:${WORD}))+)`, 'g'))];
  const rests = typed.map(([, rest = '']) => rest.trim());
  // Of a shell function that hands on what it is given.
  return [...new Set(rests)].filter((rest) => !rest.includes('"$@"'));
}

/** As a shell would split it, with something in the place of what the reader fills in. */
function argumentsOf(typed: string): string[] {
  const words = typed.match(new RegExp(WORD, 'g')) ?? [];
  return words.map((word) => word.replace(/^(['"])(.*)\1$/, '$2').replace(/^(…|<.*>|\$\w+)$/, 'something'));
}

describe.each(pages.filter((page) => commandsIn(page).length > 0))('%s', (page) => {
  test.each(commandsIn(page))('npx punctual %s', async (typed) => {
    const understood = await parseCommandLine(argumentsOf(typed), COMMANDS).then(
      () => 'is understood',
      (error: Error) => error.message,
    );
    expect(understood).toBe('is understood');
  });
});
