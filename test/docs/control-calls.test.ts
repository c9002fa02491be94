import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { addFault } from '../../local/control/control-actions';
import { CONTROL_ROUTES } from '../../local/control/control-routes';
import type { Session } from '../../local/session';
import { INVITATIONS, synthesize } from '../lib/helpers/synthesize';
import { ROOT, readPage } from './helpers/markdown';

const pages = [
  'README.md',
  'local/README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];
const routes = CONTROL_ROUTES.map(({ route }) => {
  const [method = '', path = ''] = route.split(' ');
  return { method, path: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`) };
});

/** As curl would send it: POST with data, GET without, or what `-X` says. */
function callsIn(page: string): [method: string, path: string][] {
  const lines = readPage(page).match(/curl [^\n`]*(?:localhost|127\.0\.0\.1):4600[^\n`]*/g) ?? [];
  return lines.map((line) => {
    const [, path = '/'] = /:4600(\/[\w/.-]*)?/.exec(line) ?? [];
    const [, method = / -d\b/.test(line) ? 'POST' : 'GET'] = / -X (\w+)/.exec(line) ?? [];
    return [method, path];
  });
}

const calls = pages.flatMap((page) => callsIn(page).map(([method, path]) => [page, method, path] as const));
const runbook = readPage('docs/runbook.md');
const faults = [...runbook.matchAll(/fault '(\{.*?\})'/g)].map(([, rule = '']) => rule);
const functions = synthesize({ ephemeral: true, invitations: INVITATIONS })
  .all('AWS::Lambda::Function')
  .map(([id]) => id.split(' ')[1]);

test('there are calls of the control API in the runbook', () => {
  expect(calls.filter(([page]) => page === 'docs/runbook.md').length).toBeGreaterThan(5);
  expect(faults.length).toBeGreaterThan(5);
});

test.each(calls)('%s: the control API has %s %s', (_, method, path) => {
  expect(routes.some((route) => route.method === method && route.path.test(path))).toBe(true);
});

test.each(faults)('the control API takes the fault %s', async (rule) => {
  const added: unknown[] = [];
  const session = {
    run: { frontDoor: { faults: { add: (fault: unknown) => added.push(fault) } } },
    remotes: {
      get: () => ({}),
      list: () => [],
      addFault: async (fault: unknown) => added.push(fault),
    },
  } as unknown as Session;
  await addFault(session, JSON.parse(rule));
  expect(added).toEqual([JSON.parse(rule)]);
});

test('functions that the runbook names by their logical id are in the template', () => {
  const named = runbook.match(/\b\w+Function[0-9A-F]{8}\b/g) ?? [];
  expect(named.length).toBeGreaterThan(1);
  expect(functions).toEqual(expect.arrayContaining([...new Set(named)]));
});
