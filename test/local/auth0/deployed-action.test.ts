import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createActionHost } from '../../../local/auth0/action-host';
import { deployedAction, deployedStream } from '../../../local/auth0/management-api/deployed-action';
import { addForeignActions } from '../../../local/auth0/management-api/foreign-actions';
import { Tenant } from '../../../local/auth0/management-api/tenant';
import { SAMPLE_USER } from '../../../local/auth0/sample-user';

const NOW = Date.parse('2026-11-20T09:00:00Z');
const TRIGGER = 'post-user-registration';
const USER = SAMPLE_USER.parse({
  connection: { id: 'con_1', name: 'Username-Password-Authentication', strategy: 'auth0' },
  user: { user_id: 'auth0|1' },
});

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

const host = () =>
  createActionHost({
    registration: { file: join(directory, 'code.js'), deployed: () => deployedAction(tenant, TRIGGER) },
    login: { file: join(directory, 'code.js') },
    tenant: { id: 'acme', secrets: { KEY: 'of the run' } },
    clock: { now: () => NOW, scale: 1, startedAt: NOW, realDelayMs: (ms) => ms },
    print: () => undefined,
  });

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
  expect(deployedStream(tenant)).toMatchObject({
    ...{ streamId: stream.id, isOn: true },
    secrets: { KEY: 'of one' },
  });
  tenant.streams.update(stream.id, { status: 'disabled' });
  expect(deployedStream(tenant)).toMatchObject({ isOn: false });
});

test('the bundle runs until ours is deployed and bound, then each version as it is deployed', async () => {
  const { register } = host();
  const runs = async () => (await register(USER)).code;
  expect(await runs()).toBe('bundle of the run');

  const { id } = tenant.create({ name: 'ours', ...content('one'), supported_triggers: [{ id: TRIGGER }] });
  release(id);
  expect(await runs()).toBe('bundle of the run');
  bindAll([id]);
  expect(await runs()).toBe('one of one');

  tenant.update(id, content('two'));
  expect(await runs()).toBe('one of one');
  release(id);
  expect(await runs()).toBe('two of two');

  bindAll([]);
  expect(await runs()).toBe('bundle of the run');
});
