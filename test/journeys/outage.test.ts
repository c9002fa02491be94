import { accountsOf } from '../helpers/accounts';
import { type LocalRun, startLocalRun, waitFor } from '../helpers/local-run';
import { aRegistration, createUserIds, postSigned } from '../helpers/signed-post';

const userId = createUserIds('outage');
let run: LocalRun;

// A lease lasts 100 s and a visibility timeout 180 s; on a clock that goes 60 times as fast, seconds.
beforeAll(async () => {
  run = await startLocalRun({ timeScale: 60 });
}, 90_000);
afterAll(() => run?.stop());
afterEach(async () => {
  await run.control('DELETE', '/faults');
  await run.control('POST', '/remotes/crm/up');
});

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
