import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ACTION_RUNTIME, ACTIONS } from '../../auth0-actions/actions';
import { codePath } from '../../auth0-actions/deploy-cli-file';
import { INVITATION_SECRET_NAMES, SECRET_NAMES, STATUS_SECRET_NAMES } from '../../auth0-actions/secret-names';
import { ROUTES } from '../../local/auth0/management-api/routes';
import { codeOf, ROOT, readPage, rowsOf, sectionOf, tableOf } from './helpers/markdown';

const page = readPage('docs/auth0.md');
const sources = readdirSync(join(ROOT, 'cli/actions')).map((file) => readPage(`cli/actions/${file}`));

test('every code that the commands fail with is listed with what to do', () => {
  const thrown = sources.flatMap((text) =>
    [...text.matchAll(/CliError\(\s*'([a-z0-9-]+)'/g)].map(([, code]) => code),
  );
  const named = sources.flatMap((text) =>
    [...text.matchAll(/'((?:build|deploy)-slow|stopped)'/g)].map(([, code]) => code),
  );
  // What an older stack or local run lacks is explained with all commands.
  const codes = new Set([...thrown, ...named].filter((code) => code !== 'output-missing'));
  expect(Object.keys(tableOf(sectionOf(page, 'When it fails'))).toSorted()).toEqual([...codes].toSorted());
  expect(codes.size).toBeGreaterThan(15);
});

test('every Action is listed with its trigger and runtime', () => {
  const listed = rowsOf(sectionOf(page, 'What is brought there')).slice(0, ACTIONS.length);
  expect(listed).toEqual(
    ACTIONS.map(({ name, trigger, triggerVersion }) => [
      `\`${name}\``,
      `\`${trigger}\` ${triggerVersion}`,
      `\`${ACTION_RUNTIME}\``,
    ]),
  );
});

test('every secret is listed, here and in what other tools are given', () => {
  const names = [SECRET_NAMES, STATUS_SECRET_NAMES, INVITATION_SECRET_NAMES].flatMap((of) =>
    Object.values(of),
  );
  for (const name of names) {
    expect(tableOf(sectionOf(page, 'What is brought there'))).toHaveProperty(name);
    expect(codeOf(sectionOf(page, "With Auth0's deploy CLI"), 'sh')).toContain(`$${name}`);
    expect(sectionOf(page, 'With Terraform')).toContain(`name  = "${name}"`);
  }
});

test('every state that a token may say is explained', () => {
  const explained = Object.keys(tableOf(sectionOf(page, 'What a token says')));
  const claims = readPage('auth0-actions/post-login/claims.ts');
  const [, states = ''] = /readonly state: ([^;]+);/.exec(claims) ?? [];
  const said = [...states.matchAll(/'([a-z-]+)'/g)].map(([, state]) => state);
  expect(said.length).toBeGreaterThan(3);
  for (const state of said) expect(explained.join()).toContain(`state is ${state}`);
});

test('every scope that a call needs is listed', () => {
  const scopes = new Set(ROUTES.flatMap(({ scope }) => scope));
  const listed = ['An application for the command', 'The application of the functions'].flatMap((heading) =>
    Object.keys(tableOf(sectionOf(page, heading))).flatMap((cell) => cell.split(/[`, ]+/).filter(Boolean)),
  );
  expect([...new Set(listed)].toSorted()).toEqual([...scopes].toSorted());
});

test('what other tools are told is where the bundler puts things', () => {
  const layout = codeOf(sectionOf(page, "With Auth0's deploy CLI"), 'text');
  const terraform = sectionOf(page, 'With Terraform');
  for (const { name, trigger, triggerVersion } of ACTIONS) {
    expect(layout.split('\n')).toEqual(
      expect.arrayContaining([`dist/actions/actions/${name}.json`, `dist/actions/${codePath(name)}`]),
    );
    for (const text of [
      `file("dist/actions/${codePath(name)}")`,
      `"${trigger}"`,
      `"${triggerVersion}"`,
      `"${name}"`,
    ]) {
      expect(terraform).toContain(text);
    }
  }
});
