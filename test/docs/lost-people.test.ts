import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOf, readPage, sectionOf } from './helpers/markdown';

const section = sectionOf(readPage('docs/runbook.md'), 'Find people who were lost');
// It stands in a list.
const loop = codeOf(section.replaceAll(/^ {3}/gm, ''), 'sh');
const directory = mkdtempSync(join(tmpdir(), 'punctual-lost-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** What the reader sees who asks for `users`, of whom each ends the command with a code of its own. */
function search(users: Readonly<Record<string, number>>): { lost: string[]; said: string } {
  writeFileSync(join(directory, 'users.txt'), `${Object.keys(users).join('\n')}\n`);
  const cases = Object.entries(users).map(([user, code]) => `'${user}') return ${code} ;;`);
  const punctual = `punctual() { echo 'table of links'; case $2 in ${cases.join(' ')} esac; }`;
  const { stdout, stderr } = spawnSync('sh', ['-c', `${punctual}\n${loop}`], {
    cwd: directory,
    encoding: 'utf8',
  });
  return { lost: stdout.split('\n').filter(Boolean), said: stderr };
}

test('people whom nobody knows are lost, and nobody else', () => {
  expect(search({ 'auth0|known': 0, 'auth0|lost': 1, 'auth0|known-too': 0, 'auth0|lost-too': 1 })).toEqual({
    lost: ['auth0|lost', 'auth0|lost-too'],
    said: '',
  });
});

test.each([
  ['the command was wrong', 2],
  ['nothing could be reached', 3],
])('fails loudly instead of calling people lost, when %s', (_, code) => {
  const { lost, said } = search({ 'auth0|lost': 1, 'auth0|known': code, 'auth0|other': code });
  expect(lost).toEqual(['auth0|lost']);
  expect(said).toContain('Stopped at auth0|known');
});
