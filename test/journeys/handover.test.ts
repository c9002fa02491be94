import { rm } from 'node:fs/promises';
import type { UserLink } from '../../lambdas/user-links/user-link';
import { type ConfigurationInput, defineConfiguration } from '../../lib/configuration';
import type { HandedAccount, Told } from '../../local/remotes/handover-store';
import { assemblyOf } from '../helpers/assembly-of';
import { type LocalRun, startLocalRun, waitFor } from '../helpers/local-run';

/** What takes a quarter of an hour takes a quarter of a minute here. */
const TIME_SCALE = 60;
const deprovision = { graceDays: 0 } as const;
const SYSTEMS = {
  mailing: { kind: 'webhook', url: 'https://hooks.example.com/mailing', deprovision },
  lost: { kind: 'webhook', url: 'https://hooks.example.internal/lost', deprovision },
} satisfies ConfigurationInput['systems'];
const CONNECTION = { id: 'con_1', name: 'Username-Password-Authentication', strategy: 'auth0' };
const ENVIRONMENT = {
  tenant: 'punctual-dev.eu.auth0.com',
  ephemeral: true,
  alarms: { email: 'on-call@example.com' },
};
const PATIENCE_MS = 60_000;

let assembly: string;
let run: LocalRun;

beforeAll(async () => {
  assembly = await assemblyOf(defineConfiguration({ environments: { dev: ENVIRONMENT }, systems: SYSTEMS }));
  run = await startLocalRun({ timeScale: TIME_SCALE, flags: ['--users', '0', '--assembly', assembly] });
}, 180_000);
afterAll(async () => {
  await run?.stop();
  await rm(assembly, { recursive: true, force: true });
});

interface Shown {
  readonly accounts: readonly HandedAccount[];
  readonly messages: readonly Told[];
}

/** What a system that takes webhooks was told, and what it made of it. */
async function shownBy(system: string): Promise<Shown> {
  return (await (await fetch(run.local.Systems[system] ?? '')).json()) as Shown;
}

let users = 0;

/** Somebody signs up. */
async function signUp(): Promise<{ id: string; path: string; email: string }> {
  users += 1;
  const [id, email] = [`auth0|handed-${users}`, `handed-${users}@example.com`];
  const user = { user_id: id, email, username: `handed-${users}` };
  expect(await run.emit({ connection: CONNECTION, user })).toEqual({ emitted: true, code: 'emitted' });
  return { id, email, path: `/users/${encodeURIComponent(id)}` };
}

const linkIn = (system: string, id: string, wanted: Partial<UserLink>) =>
  waitFor(
    `${JSON.stringify(wanted)} of ${id} in ${system}`,
    async () => {
      const link = (await run.links(id)).find((each) => each.system === system);
      const isSo = Object.entries(wanted).every(([name, value]) => link?.[name as 'state'] === value);
      return link !== undefined && isSo && link;
    },
    PATIENCE_MS,
  );

const accountOf = async (system: string, id: string) =>
  (await shownBy(system)).accounts.find(({ externalId }) => externalId.endsWith(`/${id}`));

test('a system is told of a joiner, of changes, of a block and of a deletion, and nothing twice', async () => {
  const { id, path, email } = await signUp();
  await linkIn('mailing', id, { state: 'handed-over' });
  expect(await accountOf('mailing', id)).toMatchObject({ active: true, attributes: { email } });
  await run.control('PATCH', path, { email: 'moved@example.com' });
  await waitFor(
    'the new address',
    async () => (await accountOf('mailing', id))?.attributes.email === 'moved@example.com',
    PATIENCE_MS,
  );
  await run.control('PATCH', path, { blocked: true });
  await linkIn('mailing', id, { state: 'disabled' });
  expect(await accountOf('mailing', id)).toMatchObject({ active: false });
  await run.control('PATCH', path, { blocked: false });
  await linkIn('mailing', id, { state: 'handed-over' });
  expect(await accountOf('mailing', id)).toMatchObject({ active: true });
  await run.control('DELETE', path);
  await linkIn('mailing', id, { state: 'deprovisioning' });
  await waitFor('no account', async () => (await accountOf('mailing', id)) === undefined, PATIENCE_MS);
  const messages = (await shownBy('mailing')).messages.filter(({ data }) => data.user.user_id === id);
  expect(messages.map(({ type }) => type)).toEqual([
    ...['account.wanted', 'account.wanted', 'account.wanted-disabled', 'account.wanted-enabled'],
    ...['account.wanted-disabled', 'account.unwanted'],
  ]);
  expect(new Set(messages.map((message) => message.id)).size).toBe(messages.length);
});

test('nothing is sent to an address inside of a network, and the link says so', async () => {
  const { id } = await signUp();
  await linkIn('lost', id, { state: 'pending', code: 'target-refused' });
  expect((await shownBy('lost')).messages).toEqual([]);
});
