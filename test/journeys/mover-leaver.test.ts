import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Certificate } from '../../cli/certificate/certificate';
import type { UserLink } from '../../lambdas/user-links/user-link';
import { type LocalRun, startLocalRun, waitFor } from '../helpers/local-run';
import { punctualOn } from '../helpers/punctual';
import { aWorkingCopy, type WorkingCopy } from '../helpers/working-copy';

const SYSTEMS = ['crm', 'profile', 'tickets', 'video'];
const CONNECTION = { id: 'con_1', name: 'Username-Password-Authentication', strategy: 'auth0' };
const PATIENCE_MS = 60_000;

let copy: WorkingCopy;
let run: LocalRun;

// What takes a quarter of an hour takes a quarter of a minute here.
beforeAll(async () => {
  copy = await aWorkingCopy();
  await withoutGrace(copy.directory);
  await copy.prepare();
  run = await startLocalRun({ timeScale: 60, flags: ['--users', '0', '--assembly', copy.directory] });
  // Auth0 may deliver an event more than once, and in any order.
  await run.control('POST', '/event-stream', { deliveries: 2 });
}, 180_000);
afterAll(async () => {
  await run?.stop();
  await copy?.remove();
});

/** Accounts of users who were deleted go with the first sweep after they were switched off. */
async function withoutGrace(directory: string): Promise<void> {
  const file = join(directory, 'punctual.config.ts');
  const text = await readFile(file, 'utf8');
  const changed = text.replace(/kind: '(profile|scim)',/g, "kind: '$1', deprovision: { graceDays: 0 },");
  expect(changed.match(/graceDays/g)).toHaveLength(SYSTEMS.length);
  await writeFile(file, changed);
}

let users = 0;

/** Somebody signs up, and is known everywhere. */
async function aUser(): Promise<{ id: string; links: UserLink[]; path: string }> {
  users += 1;
  const id = `auth0|mover-${users}`;
  const user = { user_id: id, email: `mover-${users}@example.com`, username: `mover-${users}` };
  expect(await run.emit({ connection: CONNECTION, user })).toEqual({ emitted: true, code: 'emitted' });
  return { id, links: await inState(id, 'linked'), path: `/users/${encodeURIComponent(id)}` };
}

const inState = (id: string, state: UserLink['state'], code?: string) =>
  waitFor(
    `${state} links of ${id}`,
    async () => {
      const links = await run.links(id);
      const areThere = links.every((link) => link.state === state && link.code === code);
      return links.length === SYSTEMS.length && areThere && links;
    },
    PATIENCE_MS,
  );

const accountsOf = (system: string, id: string) =>
  run.accounts(system).then((all) => all.filter(({ externalId }) => String(externalId).endsWith(`/${id}`)));

/** Rows of profile tables, by no other way than a service has. */
async function rowsOf(id: string): Promise<Record<string, unknown>[]> {
  const { TableNames = [] } = await run.aws.dynamodb.send(new ListTablesCommand({}));
  const tables = TableNames.filter((name) => name.includes('Profiles'));
  expect(tables).toHaveLength(2);
  const found = await Promise.all(
    tables.map((TableName) => run.aws.dynamodb.send(new ScanCommand({ TableName }))),
  );
  return found.flatMap(({ Items = [] }) => Items).filter((row) => row.user_id === id);
}

/** Everything that any system has of the user. */
async function everythingOf(id: string): Promise<Record<string, unknown>[]> {
  return [...(await accountsOf('crm', id)), ...(await accountsOf('tickets', id)), ...(await rowsOf(id))];
}

const eventually = (what: string, fact: () => Promise<boolean>) =>
  waitFor(what, async () => (await fact()) || undefined, PATIENCE_MS);

const addresses = ({ emails }: Record<string, unknown>) =>
  (emails as { value: string }[] | undefined)?.map(({ value }) => value);

const isOff = ({ active }: Record<string, unknown>) => active === false;

// These two wait for the same quarter of an hour.
test.concurrent('a user moves, is blocked, comes back, leaves and signs up again, and every system follows with one account', async () => {
  const { id, links, path } = await aUser();
  const accountIds = links.map(({ system, accountId }) => [system, accountId]).toSorted();

  await run.control('PATCH', path, { email: 'moved@example.com' });
  for (const system of ['crm', 'tickets']) {
    await eventually(`new address in ${system}`, async () => {
      const [account, ...others] = await accountsOf(system, id);
      expect(others).toEqual([]);
      return account !== undefined && addresses(account)?.[0] === 'moved@example.com';
    });
  }
  await eventually('new address in the profile', async () =>
    (await rowsOf(id)).some(({ email }) => email === 'moved@example.com'),
  );

  await run.control('PATCH', path, { blocked: true });
  await inState(id, 'disabled');
  expect((await everythingOf(id)).map(isOff)).toEqual([true, true, true, true]);

  await run.control('PATCH', path, { blocked: false });
  const unblocked = await inState(id, 'linked');
  expect((await everythingOf(id)).map(isOff)).toEqual([false, false, false, false]);
  expect(unblocked.map(({ system, accountId }) => [system, accountId]).toSorted()).toEqual(accountIds);

  const refs = unblocked.map(({ userRef, system }) => `${userRef} ${system}`).toSorted();
  await run.control('DELETE', path);
  await inState(id, 'deprovisioning', 'deleted');
  expect((await everythingOf(id)).map(isOff)).toEqual([false, false, false, false]);
  await eventually('an account that is off', async () => (await everythingOf(id)).some(isOff));
  await eventually('no account anywhere', async () => (await everythingOf(id)).length === 0);

  const tombstones = await waitFor('tombstones', async () => {
    const rows = (await run.links()).filter(({ userRef, system }) => refs.includes(`${userRef} ${system}`));
    return rows.every(({ state }) => state === 'deprovisioned') && rows;
  });
  expect(tombstones).toHaveLength(SYSTEMS.length);
  for (const tombstone of tombstones) {
    expect(tombstone).toMatchObject({ ended: 'deleted', code: 'deleted' });
    expect(tombstone).not.toHaveProperty('user_id');
    expect(JSON.stringify(tombstone)).not.toMatch(/moved|mover/);
  }

  const again = { user_id: id, email: 'again@example.com', username: id.slice('auth0|'.length) };
  expect(await run.emit({ connection: CONNECTION, user: again })).toEqual({ emitted: true, code: 'emitted' });
  const second = await inState(id, 'linked');
  expect(second.map(({ userRef, system }) => `${userRef} ${system}`).toSorted()).toEqual(refs);
  for (const link of second) expect(link).toMatchObject({ ownership: 'created' });
  expect((await everythingOf(id)).map(isOff)).toEqual([false, false, false, false]);
  for (const system of ['crm', 'tickets']) {
    const [account] = await accountsOf(system, id);
    expect(account === undefined ? undefined : addresses(account)).toEqual(['again@example.com']);
    expect(accountIds).not.toContainEqual([system, account?.id]);
  }
}, 240_000);

test.concurrent('linking two users holds what was of the second, and nobody loses an account', async () => {
  const [primary, secondary] = [await aUser(), await aUser()];
  await run.control('POST', `${primary.path}/identities`, { user_id: secondary.id });
  await inState(secondary.id, 'held', 'merge-pending');
  const begun = Date.parse((await run.control<{ clock: { now: string } }>('GET', '/')).clock.now);
  // Well past the quarter of an hour, and the sweep after it.
  await waitFor(
    'twenty-five minutes',
    async () => {
      const { clock } = await run.control<{ clock: { now: string } }>('GET', '/');
      return Date.parse(clock.now) - begun > 25 * 60_000;
    },
    PATIENCE_MS,
  );
  for (const { id } of [primary, secondary]) {
    expect((await everythingOf(id)).map(isOff)).toEqual([false, false, false, false]);
  }
  expect((await run.links(primary.id)).map(({ state }) => state)).toEqual(SYSTEMS.map(() => 'linked'));
  expect((await run.links(secondary.id)).map(({ state }) => state)).toEqual(SYSTEMS.map(() => 'held'));
}, 240_000);

const WINDOW_MS = 24 * 60 * 60_000;

/** No further account of `system` may go, in this window and the next; gives what makes room again. */
async function atThreshold(system: string): Promise<() => Promise<unknown>> {
  const { TableNames = [] } = await run.aws.dynamodb.send(new ListTablesCommand({}));
  const table = TableNames.find((name) => name.includes('SystemTable')) ?? '';
  const { clock } = await run.control<{ clock: { now: string } }>('GET', '/');
  const window = Math.floor(Date.parse(clock.now) / WINDOW_MS);
  const items = [window, window + 1].map((one) => ({ system, item: `deletions#${one}` }));
  const write = (requests: object[]) =>
    run.aws.dynamodb.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
  await write(items.map((item) => ({ PutRequest: { Item: { ...item, count: 1_000_000 } } })));
  return () => write(items.map((Key) => ({ DeleteRequest: { Key } })));
}

test('a deletion beyond the threshold is held, and goes once an operator releases it', async () => {
  const { id, links, path } = await aUser();
  const ref = links[0]?.userRef ?? '';
  const makeRoom = await atThreshold('crm');
  try {
    const crm = async () =>
      (await run.links()).find(({ userRef, system }) => userRef === ref && system === 'crm');
    await run.control('DELETE', path);
    await eventually('a held link', async () => (await crm())?.code === 'deletion-threshold');
    await eventually('no account elsewhere', async () => (await rowsOf(id)).length === 0);
    expect((await accountsOf('crm', id)).map(isOff)).toEqual([false]);

    const punctual = punctualOn(run);
    const { json } = await punctual.ask<{ links: object[] }>('link', 'list', '--code', 'deletion-threshold');
    expect(json.links).toMatchObject([{ userRef: ref, system: 'crm', hasAccount: true }]);
    const release = ['link', 'release', id, '--system', 'crm'];
    expect(await punctual.run(release)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await crm()).toMatchObject({ state: 'held' });
    expect(await punctual.run([...release, '--yes'])).toMatchObject({ exitCode: 0, stderr: '' });
    await eventually('no account in the CRM', async () => (await accountsOf('crm', id)).length === 0);
    await eventually('a tombstone', async () => (await crm())?.state === 'deprovisioned');
    expect(await punctual.run([...release, '--yes'])).toMatchObject({ exitCode: 1, stdout: '' });
    const audit = await punctual.ask<object[]>('audit', 'list');
    const subject = `crm ${ref} deletion-threshold`;
    expect(audit.json).toMatchObject([
      { act: 'link release', subject, outcome: 'done', counts: { released: 1 } },
    ]);
  } finally {
    await makeRoom();
  }
}, 240_000);

test('a person is erased on request, though a system is down for a while, and may come back as somebody new', async () => {
  const { id, links, path } = await aUser();
  const before = links.map(({ generation }) => generation)[0] ?? '';
  const ref = links[0]?.userRef ?? '';
  const file = join(copy.directory, 'erasure.jws');
  const punctual = punctualOn(run);
  await run.control('POST', '/remotes/crm/down');
  const erasing = punctual.ask<{ isErased: boolean; certificate: string }>(
    'erase',
    id,
    '--out',
    file,
    '--yes',
  );
  await eventually('no account where the systems are up', async () => (await rowsOf(id)).length === 0);
  await run.control('PATCH', path, { email: 'late@example.com' });
  await run.control('POST', '/remotes/crm/up');
  const erased = await erasing;
  expect(erased).toMatchObject({ exitCode: 0, json: { isErased: true } });
  expect(await everythingOf(id)).toEqual([]);
  const ofPerson = async () => (await run.links()).filter(({ userRef }) => userRef === ref);
  const tombstones = await ofPerson();
  expect(tombstones.map(({ state, code }) => `${state} ${code}`)).toEqual(
    // What invitations brought is looked for in the tenant as well.
    [...SYSTEMS, 'auth0'].map(() => 'deprovisioned erased'),
  );
  expect(JSON.stringify([tombstones, erased.json.certificate])).not.toContain(id);

  const pem = join(copy.directory, 'certificates.pem');
  await writeFile(pem, (await punctual.run(['erase', 'key'])).stdout);
  const offline = ['--public-key', pem, '--directory', '/nowhere'];
  const verified = await punctual.ask<{ certificate: Certificate }>('erase', 'verify', file, ...offline);
  expect(verified.json.certificate).toMatchObject({ userRef: ref, auth0: { profile: 'deleted' } });
  const looks = verified.json.certificate.systems.map(({ system, accounts, readBacks }) => [
    ...[system, accounts.length, readBacks.length],
  ]);
  expect(looks).toEqual([['auth0', 0, 2], ...SYSTEMS.map((system) => [system, 1, 2])]);
  const old = ['send', '--user-id', id, '--created-at', before, '--email', 'old@example.com'];
  expect(await punctual.run(old)).toMatchObject({ exitCode: 0 });
  const user = { user_id: id, email: 'new@example.com', username: 'new-life' };
  expect(await run.emit({ connection: CONNECTION, user })).toEqual({ emitted: true, code: 'emitted' });
  const anew = await inState(id, 'linked');
  expect(anew.every(({ generation = '' }) => generation > before)).toBe(true);
  expect((await everythingOf(id)).map(isOff)).toEqual([false, false, false, false]);
  expect(JSON.stringify(await everythingOf(id))).not.toContain('old@example.com');
}, 240_000);

test('the whole of it makes no double account, loses no event and needs no permission that is not given', async () => {
  const { remotes, denials } = await run.control<{ remotes: { duplicates: number }[]; denials: number }>(
    'GET',
    '/',
  );
  expect(remotes.map(({ duplicates }) => duplicates)).toEqual([0, 0]);
  expect(denials).toBe(0);
  const lines = (await run.logs())['auth0-event-stream'] ?? [];
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((line) => !line.includes('"code":"emitted"'))).toEqual([]);
});
