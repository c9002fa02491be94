import { ListSecretsCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { BREAKER_ITEM, type BreakerState } from '../../events/breaker-state';
import { accountsOf } from '../helpers/accounts';
import { type LocalRun, startLocalRun, waitFor } from '../helpers/local-run';
import { type Punctual, punctualOn } from '../helpers/punctual';
import { aRegistration, createUserIds, postSigned } from '../helpers/signed-post';

const userId = createUserIds('outage');
let run: LocalRun;
let punctual: Punctual;

// A lease lasts 100 s and a visibility timeout 180 s; on a clock that goes 60 times as fast, seconds.
beforeAll(async () => {
  run = await startLocalRun({ timeScale: 60 });
  punctual = punctualOn(run);
}, 90_000);
afterAll(() => run?.stop());
afterEach(async () => {
  await run.control('DELETE', '/faults');
  await run.control('POST', '/remotes/crm/up');
});

interface Systems {
  readonly systems: readonly { readonly breaker: object }[];
}

async function breakerOf(system: string): Promise<BreakerState | undefined> {
  const TableName = run.outputs.SystemTableName;
  const { Item } = await run.aws.dynamodb.send(
    new GetCommand({ TableName, Key: { system, item: BREAKER_ITEM } }),
  );
  return Item?.value;
}

/** Messages that called the system in vain, and those that waited without a call. */
async function settledIn(system: string): Promise<{ readonly failed: number; readonly waiting: number }> {
  const lines = (await run.logs())[system] ?? [];
  const count = (code: string) => lines.filter((line) => line.includes(`"code":"${code}"`)).length;
  return { failed: count('remote-unavailable'), waiting: count('breaker-open') };
}

const register = async (user: string) =>
  expect((await postSigned(run, await aRegistration(run, user))).status).toBe(202);

const linkIn = async (system: string, user: string) =>
  (await run.links(user)).find((link) => link.system === system);

const linked = (system: string, user: string) =>
  waitFor(
    `${user} linked in ${system}`,
    async () => {
      const link = await linkIn(system, user);
      return link?.state === 'linked' && link;
    },
    40_000,
  );

test('a system that is down delays its own accounts only, and catches up when it is back', async () => {
  const user = userId();
  await run.control('POST', '/remotes/crm/down');
  await register(user);
  await linked('tickets', user);
  const waiting = await waitFor(
    'a second attempt',
    async () => {
      const link = await linkIn('crm', user);
      return (link?.attempts ?? 0) >= 2 && link?.code !== undefined && link;
    },
    40_000,
  );
  expect(waiting).toMatchObject({ state: 'pending', code: 'remote-unavailable' });
  await run.control('POST', '/remotes/crm/up');
  expect((await linked('crm', user)).ownership).toBe('created');
  expect(await accountsOf(run, 'crm', user)).toHaveLength(1);
}, 120_000);

test('a system that fails for most people is left alone until it is well, and nobody is forgotten', async () => {
  const people = Array.from({ length: 20 }, userId);
  await run.control('POST', '/faults', { remote: 'crm', when: 'before', effect: 'error', status: 500 });
  await Promise.all(people.map(register));
  await waitFor('an open breaker', async () => (await breakerOf('crm'))?.state === 'open', 40_000);
  const { json } = await punctual.ask<Systems>('status', '--system', 'crm');
  expect(json.systems).toMatchObject([
    { breaker: { state: expect.stringMatching(/open$/), code: 'remote-unavailable' } },
  ]);
  const before = await settledIn('crm');
  const waited = async () => (await settledIn('crm')).waiting - before.waiting;
  await waitFor('messages that wait', async () => (await waited()) >= 20, 40_000);
  // Who was on the way when it opened, and then a probe now and then.
  expect((await settledIn('crm')).failed - before.failed).toBeLessThan(10);
  await run.control('DELETE', '/faults');
  for (const user of people) await linked('crm', user);
  expect(await breakerOf('crm')).toMatchObject({ state: 'closed' });
  const { queues } = await run.control<{ queues: Record<string, { visible: number }> }>('GET', '/');
  const parked = Object.entries(queues).filter(
    ([name]) => /systemqueuedead/i.test(name) && /crm/i.test(name),
  );
  expect(parked.map(([, { visible }]) => visible)).toEqual([0]);
  const everybody = await Promise.all(people.map((user) => accountsOf(run, 'crm', user)));
  expect(everybody.map(({ length }) => length)).toEqual(people.map(() => 1));
}, 120_000);

test('a system that asks several people for time is left alone by all, says so, and has everybody after it', async () => {
  const people = Array.from({ length: 4 }, userId);
  const throttled = { system: 'crm', fault: 'throttled', retryAfterSeconds: 60, times: people.length };
  await run.control('POST', '/faults', throttled);
  await Promise.all(people.map(register));
  await waitFor('a pause', async () => (await breakerOf('crm'))?.pausedUntil !== undefined, 20_000);
  for (const user of people) await linked('crm', user);
  expect(await breakerOf('crm')).toMatchObject({ state: 'closed' });
  const lines = (await run.logs()).crm ?? [];
  expect(lines.filter((line) => line.includes('"system held back"')).length).toBeGreaterThan(0);
  const everybody = await Promise.all(people.map((user) => accountsOf(run, 'crm', user)));
  expect(everybody.map(({ length }) => length)).toEqual(people.map(() => 1));
}, 120_000);

test('a connector killed between the remote create and its closing write leaves one account and a link', async () => {
  const user = userId();
  await run.control('POST', '/faults', {
    remote: 'crm',
    operation: 'POST /Users',
    when: 'after',
    effect: 'kill',
    times: 1,
  });
  await register(user);
  await waitFor('the account', async () => (await accountsOf(run, 'crm', user)).length === 1);
  expect(await linkIn('crm', user)).toMatchObject({ state: 'pending', lease: { token: expect.any(String) } });
  const link = await linked('crm', user);
  const accounts = await accountsOf(run, 'crm', user);
  expect(accounts).toHaveLength(1);
  expect(link).toMatchObject({ accountId: accounts[0]?.id, ownership: 'created' });
}, 120_000);

test('a create that took effect although its answer was lost leaves one account and a link', async () => {
  const user = userId();
  await run.control('POST', '/faults', {
    remote: 'tickets',
    operation: 'POST /Users',
    when: 'after',
    effect: 'reset',
    times: 1,
  });
  await register(user);
  await linked('tickets', user);
  expect(await accountsOf(run, 'tickets', user)).toHaveLength(1);
}, 120_000);

test('a token that expired in the middle delays accounts until its secret has the next one', async () => {
  const user = userId();
  await run.control('POST', '/faults', { system: 'crm', fault: 'token-expired' });
  await register(user);
  await waitFor('a refusal', async () => (await linkIn('crm', user))?.code === 'remote-unauthorized', 40_000);
  const { SecretList = [] } = await run.aws.secrets.send(new ListSecretsCommand({}));
  const [secret, ...others] = SecretList.filter(({ Name = '' }) => /crm.*token/i.test(Name));
  expect(others).toEqual([]);
  await run.aws.secrets.send(
    new PutSecretValueCommand({ SecretId: secret?.ARN, SecretString: 'another-token' }),
  );
  await linked('crm', user);
  expect(await accountsOf(run, 'crm', user)).toHaveLength(1);
}, 120_000);

test('a restart of everything that computes, in the middle of many registrations, loses and doubles none', async () => {
  const users = Array.from({ length: 20 }, userId);
  await Promise.all(users.map(register));
  await run.control('POST', '/compute/restart');
  for (const user of users) {
    for (const system of ['crm', 'tickets', 'profile', 'video']) await linked(system, user);
    expect(await accountsOf(run, 'crm', user)).toHaveLength(1);
    expect(await accountsOf(run, 'tickets', user)).toHaveLength(1);
  }
}, 180_000);

test('a table that fails at the closing write costs a delay and no second account', async () => {
  const user = userId();
  await run.control('POST', '/faults', {
    service: 'dynamodb',
    operation: 'PutItem',
    caller: 'crm',
    resource: run.outputs.UserLinkTableName,
    when: 'before',
    effect: 'error',
    status: 500,
    times: 3,
  });
  await register(user);
  await linked('crm', user);
  expect(await accountsOf(run, 'crm', user)).toHaveLength(1);
}, 120_000);
