import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CODES } from '../../cli/error-codes';
import { commandLinePage } from '../../docs/generate/command-line';
import { ROOT, readPage } from './helpers/markdown';

test('the reference of the command line says what the definitions of the commands say', () => {
  // `npm run generate` brings it up to date.
  expect(readPage('docs/cli.md')).toBe(commandLinePage());
});

test('every code of an error is explained, and no other', () => {
  const sources = readdirSync(join(ROOT, 'cli'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(ROOT, 'cli', name), 'utf8'));
  const used = sources.flatMap((text) =>
    [...text.matchAll(/(?:new CliError|\.warn)\(\s*'([a-z0-9-]+)'/g)].map(([, code = '']) => code),
  );
  expect([...new Set(used)].toSorted()).toEqual(Object.keys(ERROR_CODES).toSorted());
});
