import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACTIONS, secretsOf } from '../../auth0-actions/actions';
import { buildAction, SIZE_LIMIT_BYTES } from '../../auth0-actions/build-action';
import { buildActions, bundleActions } from '../../auth0-actions/bundle';
import { keepRevisions, parseRevisions } from '../../auth0-actions/revisions';
import { REV, SOME_MFA, someSettings } from './helpers/some-settings';

const NOW = Date.parse('2026-11-20T09:00:00Z');
let directory: string;

const bundle = (outdir: string, attributes: readonly string[] = [], now = NOW) =>
  bundleActions({ outdir, settings: someSettings({ attributes, mfa: SOME_MFA }), now });

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'punctual-bundle-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** An Action whose source is `source`. */
async function anAction(source: string) {
  const entry = join(directory, 'sample.action.ts');
  await writeFile(entry, source);
  const trigger = { trigger: 'post-login', triggerVersion: 'v3' };
  return { name: 'sample', ...trigger, entry, issuer: 'actions' as const, handlers: ['onExecutePostLogin'] };
}

test('every Action is one file far below the limit of Auth0', async () => {
  const bundled = await bundle(directory);
  expect(bundled.map(({ name }) => name)).toEqual(ACTIONS.map(({ name }) => name));
  for (const { name, file, bytes } of bundled) {
    expect(await readdir(join(directory, 'actions', name))).toEqual(['code.js']);
    expect(Buffer.byteLength(await readFile(file))).toBe(bytes);
    expect(bytes).toBeLessThanOrEqual(SIZE_LIMIT_BYTES);
  }
});

test('the directory is what auth0-deploy-cli imports, with placeholders where secrets go', async () => {
  await bundle(directory);
  const names = ACTIONS.map(({ name }) => name);
  // A triggers folder would replace the bindings of the tenant.
  expect((await readdir(directory)).toSorted()).toEqual(['actions', 'event-streams']);
  expect((await readdir(join(directory, 'actions'))).toSorted()).toEqual(
    names.flatMap((name) => [name, `${name}.json`]).toSorted(),
  );
  for (const action of ACTIONS) {
    const { name, trigger, triggerVersion, issuer } = action;
    // A key of another issuer would be refused by every worker.
    const signing = issuer === 'event-stream' ? 'EVENT_STREAM_SIGNING_SECRET' : 'EVENT_SIGNING_SECRET';
    const file = JSON.parse(await readFile(join(directory, 'actions', `${name}.json`), 'utf8'));
    expect(file).toEqual({
      name,
      code: `./actions/${name}/code.js`,
      runtime: 'node22',
      dependencies: [],
      secrets: secretsOf(action).map((secret) => ({
        name: secret,
        value: secret === 'EVENT_SIGNING_SECRET' ? `##${signing}##` : `##${secret}##`,
      })),
      supported_triggers: [{ id: trigger, version: triggerVersion }],
      deployed: true,
    });
    // The deploy CLI replaces ##KEY## and @@KEY@@ in the code as well.
    expect(await readFile(join(directory, file.code), 'utf8')).not.toMatch(/##|@@/);
  }
});

test('the stream is in the directory too, and names its Action as the deploy CLI wants it', async () => {
  await bundle(directory);
  expect(await readdir(join(directory, 'event-streams'))).toEqual(['punctual-users.json']);
  const text = await readFile(join(directory, 'event-streams/punctual-users.json'), 'utf8');
  expect(JSON.parse(text)).toEqual({
    ...{ name: 'punctual-users', status: 'enabled' },
    subscriptions: ['user.created', 'user.updated', 'user.deleted'].map((event_type) => ({ event_type })),
    destination: { type: 'action', configuration: { action_id: 'punctual-event-stream' } },
  });
});

test('an Action that is no more leaves nothing to import', async () => {
  await mkdir(join(directory, 'actions/retired'), { recursive: true });
  await writeFile(join(directory, 'actions/retired.json'), '{}');
  await bundle(directory);
  expect(await readdir(join(directory, 'actions'))).not.toContain('retired.json');
});

test('the same source makes the same bytes, wherever they are written', async () => {
  const [first] = await bundle(join(directory, 'a'), ['name']);
  const [second] = await bundle(join(directory, 'b'), ['name']);
  expect(await readFile(first?.file ?? '', 'utf8')).toBe(await readFile(second?.file ?? '', 'utf8'));
});

test('rejects configured attributes that are none, and writes nothing', async () => {
  const building = bundle(join(directory, 'none'), ['given name']);
  await expect(building).rejects.toThrow('emit.attributes in punctual.config.ts: "given name" is neither');
  expect(await readdir(directory)).toEqual([]);
});

test('rejects an Action above the limit and says by how much', async () => {
  const action = await anAction(
    `export const onExecutePostLogin = () => ${JSON.stringify('x'.repeat(21_000))};`,
  );
  await expect(buildAction(action, someSettings(), NOW)).rejects.toThrow(
    /^sample has 21\d{3} bytes, \d{2,3} more than the limit of 20\d{3}\.$/,
  );
});

test('rejects an Action that does not export its handler', async () => {
  const action = await anAction('export const onExecute = () => {};');
  await expect(buildAction(action, someSettings(), NOW)).rejects.toThrow(
    'sample does not export onExecutePostLogin.',
  );
});

test('rejects an Action that needs a package at run time', async () => {
  const action = await anAction(`export const onExecutePostLogin = require(['left', 'pad'].join('-'));`);
  await expect(buildAction(action, someSettings(), NOW)).rejects.toThrow('The bundle asks for "left-pad"');
});

test('rejects an Action whose import cannot be found', async () => {
  const action = await anAction(`export { onExecutePostLogin } from 'left-pad';`);
  await expect(buildAction(action, someSettings(), NOW)).rejects.toThrow('Could not resolve "left-pad"');
});

test('an Action has the secrets that it works with and no others', () => {
  const event = ['EVENT_API_URL', 'EVENT_API_KEY', 'EVENT_SIGNING_SECRET'];
  const status = ['STATUS_URL', 'STATUS_SECRET', 'RETURN_SECRET', 'TENANT_ORIGINS', 'INVITATION_URL'];
  expect(Object.fromEntries(ACTIONS.map((action) => [action.name, secretsOf(action)]))).toEqual({
    'punctual-post-user-registration': event,
    'punctual-mfa': [],
    'punctual-post-login': [...event, ...status],
    'punctual-event-stream': event,
  });
});

test('without a word of a second factor there is no Action for it', async () => {
  await bundleActions({ outdir: directory, settings: someSettings(), now: NOW });
  expect(await readdir(join(directory, 'actions'))).not.toContain('punctual-mfa.json');
});

test('a configuration of sixty systems and twenty connections with lists of their own fits', async () => {
  const names = Array.from({ length: 60 }, (_, index) => `system-${index}`);
  const systems = names.map((name, index) => (index < 10 ? { name, required: true } : { name }));
  const rule = (index: number) => ({ rev: `rev-of-no-${10 + index}`, jit: names.slice(index, index + 2) });
  const rules = Object.fromEntries(names.slice(0, 20).map((name, index) => [`of-${name}`, rule(index)]));
  const settings = someSettings({ systems, rules, hasInvitations: true });
  const bundled = await bundleActions({ outdir: directory, settings, now: NOW });
  expect(bundled).toHaveLength(ACTIONS.length - 1);
});

test('what is for invitations is in the code of those who invite people, and of nobody else', async () => {
  const codeFor = async (hasInvitations: boolean) => {
    const built = await buildActions(someSettings(hasInvitations ? { hasInvitations } : {}), NOW);
    return built.find(({ action }) => action.name === 'punctual-post-login')?.code ?? '';
  };
  expect(await codeFor(true)).toContain('ext-invitation');
  expect(await codeFor(false)).not.toMatch(/ext-invitation|redemption|punctual_invitation/);
});

test('nothing but the time of its revisions tells a bundle from one of the same settings a day later', async () => {
  const settings = someSettings({ rules: { github: { rev: 'rev-of-pass-', jit: false } } });
  const codes = async (now: number) => (await buildActions(settings, now)).map(({ code }) => code);
  const [earlier, later] = [await codes(NOW), await codes(NOW + 24 * 3_600_000)];
  expect(later).not.toEqual(earlier);
  expect(later.map((code, index) => keepRevisions(code, earlier[index] ?? ''))).toEqual(earlier);
});

test('a revision that was written a day ago counts since then', async () => {
  const codes = async (now: number) => {
    const bundled = await bundle(directory, [], now);
    const { file = '' } = bundled.find(({ name }) => name === 'punctual-post-login') ?? {};
    return parseRevisions(await readFile(file, 'utf8'));
  };
  expect(await codes(NOW)).toEqual(new Map([[REV, NOW]]));
  expect(await codes(NOW + 24 * 3_600_000)).toEqual(new Map([[REV, NOW]]));
});
