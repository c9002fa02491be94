import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundledAction } from '../../../local/auth0/action-runner';
import { actionsOf, deployedStream } from '../../../local/auth0/management-api/deployed-action';
import { addForeignActions } from '../../../local/auth0/management-api/foreign-actions';
import { Tenant } from '../../../local/auth0/management-api/tenant';

const NOW = Date.parse('2026-11-20T09:00:00Z');
const TRIGGER = 'post-user-registration';

/** Prints `name` and the secret it has. */
const codeOf = (name: string) =>
  `exports.onExecutePostUserRegistration = async ({ secrets }) => {
    console.log(JSON.stringify({ code: '${name} ' + secrets.KEY }));
  };`;

let directory: string;
let tenant: Tenant;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'punctual-host-'));
  await writeFile(join(directory, 'code.js'), codeOf('bundle'));
  tenant = new Tenant({ now: () => NOW });
  addForeignActions(tenant);
});
afterEach(() => rm(directory, { recursive: true }));

/** What runs, in its order: the name of the Action and the secret it has. */
const running = () => {
  const bundle = bundledAction(join(directory, 'code.js'), { KEY: 'of the run' });
  return actionsOf(tenant, TRIGGER, [bundle]).map(({ name, secrets }) => [
    name.split('/').at(-1),
    secrets.KEY,
  ]);
};

function release(id: string): void {
  while (tenant.look(id).status !== 'built');
  tenant.deploy(id);
  tenant.look(id);
}

const content = (name: string) => ({
  code: `/* Punctual: ${TRIGGER}. */${codeOf(name)}`,
  secrets: [{ name: 'KEY', value: `of ${name}` }],
});

function bindAll(ids: readonly string[]): void {
  tenant.bind(
    TRIGGER,
    ids.map((value) => ({ ref: { type: 'action_id', value } })),
  );
}

test('of a stream runs what is behind it, with the secrets it was given, and on and off as it is', () => {
  expect(deployedStream(tenant)).toBeUndefined();
  const supported_triggers = [{ id: 'event-stream' }];
  const { id } = tenant.create({ name: 'ours', ...content('one'), supported_triggers });
  release(id);
  expect(deployedStream(tenant)).toBeUndefined();
  const destination = { type: 'action' as const, configuration: { action_id: id } };
  const stream = tenant.streams.create({ name: 'punctual-users', destination });
  expect(deployedStream(tenant)).toMatchObject({ isOn: true, secrets: { KEY: 'of one' } });
  tenant.streams.update(stream.id, { status: 'disabled' });
  expect(deployedStream(tenant)).toMatchObject({ isOn: false });
});

const FOREIGN = [
  ['Greet by mail', undefined],
  ['Count registrations', undefined],
];

test('the bundle runs behind the Actions of others until ours is deployed and bound, then each version of it', () => {
  expect(running()).toEqual([...FOREIGN, ['code.js', 'of the run']]);
  const { id } = tenant.create({ name: 'ours', ...content('one'), supported_triggers: [{ id: TRIGGER }] });
  release(id);
  expect(running()).toEqual([...FOREIGN, ['code.js', 'of the run']]);
  bindAll([id]);
  expect(running()).toEqual([['ours', 'of one']]);

  tenant.update(id, content('two'));
  expect(running()).toEqual([['ours', 'of one']]);
  release(id);
  expect(running()).toEqual([['ours', 'of two']]);

  bindAll([]);
  expect(running()).toEqual([['code.js', 'of the run']]);
});

test('Actions run in the order in which they are bound', () => {
  const { id } = tenant.create({ name: 'ours', ...content('one'), supported_triggers: [{ id: TRIGGER }] });
  release(id);
  const others = tenant.bindingsOf(TRIGGER).map(({ actionId }) => actionId);
  bindAll([id, ...others]);
  expect(running().map(([name]) => name)).toEqual(['ours', 'Greet by mail', 'Count registrations']);
});
