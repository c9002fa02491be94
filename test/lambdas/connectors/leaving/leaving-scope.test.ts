import type { EventUser } from '../../../../events/event-schema';
import type { EventType } from '../../../../events/event-types';
import { createScope } from '../../../../lambdas/connectors/intent/scope';
import type { OnLeave } from '../../../../lambdas/user-links/decision';
import { released } from '../../../../lambdas/user-links/release';
import { NOW } from '../../../helpers/events';
import { aWorker, DAY, GRACE, LEAVE_AFTER, MINUTE, SECOND } from '../helpers/a-worker';

const scope = createScope({ where: [{ of: 'plan', oneOf: ['gold'] }] });
const skippedBy = (code: string) => ({ kind: 'skipped', code });
const OUT = skippedBy('out-of-scope');
const PROVISIONED = { kind: 'provisioned' };

function anyWorker(onLeaveScope: OnLeave = 'delete', settings: Parameters<typeof aWorker>[0] = {}) {
  const leave = { ending: 'delete', afterMs: LEAVE_AFTER, graceMs: GRACE, onLeaveScope } as const;
  const worker = aWorker({ scope, leave, ...settings });
  const say =
    (plan: string | null) =>
    (type: EventType, after: number, user: Partial<EventUser> = {}) =>
      worker.tell(type, { plan, ...user }, after);
  return { ...worker, inside: say('gold'), outside: say('tin') };
}

async function aMember(...parts: Parameters<typeof anyWorker>) {
  const worker = anyWorker(...parts);
  await worker.inside('user.registered', 0);
  worker.remote.calls.length = 0;
  worker.table.state.reads = 0;
  worker.table.state.writes = 0;
  return worker;
}

const accounts = ({ remote }: ReturnType<typeof aWorker>) => remote.stored.map(({ active }) => active);

describe('a user whom the scope leaves out', () => {
  test('gets no account, and a row that says why, which is written once', async () => {
    const { outside, remote, link, table } = anyWorker();
    expect(await outside('user.registered', 0)).toEqual(OUT);
    expect(link()).toMatchObject({ state: 'skipped', code: 'out-of-scope' });
    expect(link()).not.toHaveProperty('accountId');
    expect(await outside('user.registered', 0)).toEqual(OUT);
    expect(await outside('user.logged-in', SECOND)).toEqual(OUT);
    expect(table.state).toMatchObject({ writes: 1 });
    expect(remote.calls).toEqual([]);
  });

  test('gets one as soon as they are told to be in it', async () => {
    const { outside, inside, link } = anyWorker();
    await outside('user.registered', 0);
    expect(await inside('user.updated', SECOND)).toEqual(PROVISIONED);
    expect(link()).toMatchObject({ state: 'linked', accountId: 'acc-0' });
    expect(link()).not.toHaveProperty('outside');
  });

  test('is not brought in by what is older than what leaves them out', async () => {
    const { outside, inside, remote } = anyWorker();
    await outside('user.created', 2 * SECOND);
    expect(await inside('user.updated', SECOND)).toEqual(OUT);
    await outside('user.updated', 4 * SECOND);
    expect(await inside('user.updated', 3 * SECOND)).toEqual(OUT);
    expect(remote.stored).toEqual([]);
  });

  test('and who is blocked before there is an account gets none when the block ends', async () => {
    const { outside, inside, tell, remote, link } = anyWorker();
    await outside('user.registered', 0);
    await tell('user.blocked', {}, SECOND);
    expect(await outside('user.unblocked', 2 * SECOND)).toEqual(OUT);
    expect(link()).toMatchObject({ state: 'skipped', code: 'out-of-scope', blocked: false });
    await tell('user.blocked', {}, 3 * SECOND);
    expect(await inside('user.logged-in', 4 * SECOND)).toEqual(skippedBy('disabled'));
    expect(link()).toMatchObject({ state: 'skipped', code: 'disabled' });
    expect(remote.stored).toEqual([]);
    expect(await inside('user.unblocked', 5 * SECOND)).toEqual(PROVISIONED);
  });

  test('and who is deleted leaves a tombstone', async () => {
    const { outside, tell, link } = anyWorker();
    await outside('user.registered', 0);
    expect(await tell('user.deleted', {}, SECOND)).toEqual(skippedBy('deleted'));
    expect(link()).toMatchObject({ state: 'deprovisioned', code: 'deleted' });
  });

  test('has no conflict any more', async () => {
    const { inside, outside, remote, link } = anyWorker();
    remote.connector.create = async () => ({ kind: 'exists' });
    await inside('user.registered', 0);
    expect(link()).toMatchObject({ state: 'held', code: 'conflict' });
    expect(await outside('user.updated', SECOND)).toEqual(OUT);
    expect(link()).toMatchObject({ state: 'skipped', code: 'out-of-scope' });
    expect(link()).not.toHaveProperty('unsettled');
    expect(link()).not.toHaveProperty('verdict');
  });
});

describe('a user of whom nobody said what the scope asks for', () => {
  test('gets no account, and a row that says so, until somebody does', async () => {
    const { tell, inside, link, table } = anyWorker();
    expect(await tell('user.registered')).toEqual(skippedBy('scope-unknown'));
    expect(await tell('user.provision-requested')).toEqual(skippedBy('scope-unknown'));
    expect(link()).toMatchObject({ state: 'skipped', code: 'scope-unknown' });
    expect(table.state.writes).toBe(1);
    expect(await inside('user.created', 0)).toEqual(PROVISIONED);
    expect(link()).toMatchObject({ state: 'linked' });
  });

  test('gets none by the end of a block either', async () => {
    const { tell, remote, link } = anyWorker();
    await tell('user.registered');
    await tell('user.blocked', {}, SECOND);
    expect(await tell('user.unblocked', {}, 2 * SECOND)).toEqual(skippedBy('scope-unknown'));
    expect(link()).toMatchObject({ state: 'skipped', code: 'scope-unknown', blocked: false });
    expect(remote.stored).toEqual([]);
  });

  test('keeps the account that is there', async () => {
    const worker = await aMember();
    expect(await worker.tell('user.updated', { email: 'new@example.com' }, SECOND)).toEqual(PROVISIONED);
    expect(accounts(worker)).toEqual([true]);
  });
});

test('a member costs two writes, and what changes nothing costs one read', async () => {
  const { table, inside } = anyWorker();
  await inside('user.registered', 0);
  expect(table.state).toMatchObject({ reads: 1, writes: 2 });
  expect(await inside('user.created', 0)).toEqual(skippedBy('unchanged'));
  expect(table.state).toMatchObject({ reads: 2, writes: 2 });
  expect(JSON.stringify(table.only()).length).toBeLessThan(1024);
});

describe('who leaves the scope', () => {
  test('is switched off after the wait and removed after the grace period, and the user is not gone', async () => {
    const worker = await aMember('delete');
    const { outside, remindAt, link, table } = worker;
    expect(await outside('user.updated', SECOND)).toEqual(OUT);
    expect(link()).toMatchObject({ state: 'deprovisioning', code: 'out-of-scope', next: 'disable' });
    expect(await outside('user.updated', SECOND)).toEqual(OUT);
    expect(table.state.writes).toBe(1);
    expect(await remindAt(LEAVE_AFTER - 1)).toEqual(skippedBy('not-due'));
    expect(accounts(worker)).toEqual([true]);
    expect(await remindAt(LEAVE_AFTER)).toEqual(PROVISIONED);
    expect(accounts(worker)).toEqual([false]);
    expect(link()).toMatchObject({ state: 'deprovisioning', code: 'out-of-scope', next: 'delete' });
    expect(await remindAt(LEAVE_AFTER + GRACE)).toEqual(PROVISIONED);
    expect(accounts(worker)).toEqual([]);
    expect(link()).toMatchObject({ state: 'skipped', code: 'out-of-scope', outside: true });
    for (const field of ['accountId', 'ownership', 'applied', 'next', 'dueAt', 'due', 'counted', 'ended'])
      expect(link()).not.toHaveProperty(field);
  });

  test('by `disable` stays switched off, with the reason beside the state', async () => {
    const worker = await aMember('disable');
    await worker.outside('user.updated', SECOND);
    await worker.remindAt(LEAVE_AFTER);
    expect(worker.link()).toMatchObject({ state: 'disabled', code: 'out-of-scope', accountId: 'acc-0' });
    expect(worker.link()).not.toHaveProperty('due');
    expect(accounts(worker)).toEqual([false]);
  });

  test('by `keep` keeps the account as it is, which is changed no more', async () => {
    const worker = await aMember('keep');
    const { outside, link, remote, tell } = worker;
    expect(await outside('user.updated', SECOND)).toEqual(OUT);
    expect(link()).toMatchObject({ state: 'skipped', code: 'out-of-scope', accountId: 'acc-0' });
    expect(await outside('user.updated', 2 * SECOND, { email: 'new@example.com' })).toEqual(OUT);
    expect(remote.calls).toEqual([]);
    expect(accounts(worker)).toEqual([true]);
    await tell('user.blocked', {}, 3 * SECOND);
    expect(accounts(worker)).toEqual([false]);
    await tell('user.deleted', {}, 4 * SECOND);
    await worker.remindAt(LEAVE_AFTER);
    await worker.remindAt(LEAVE_AFTER + GRACE);
    expect(accounts(worker)).toEqual([]);
  });

  test('by `keep` and is blocked then is switched off, and keeps the account', async () => {
    const worker = await aMember('keep');
    await worker.outside('user.updated', SECOND);
    expect(await worker.outside('user.blocked', 2 * SECOND)).toEqual(PROVISIONED);
    expect(worker.link()).toMatchObject({ state: 'disabled', accountId: 'acc-0' });
    expect(worker.link()).not.toHaveProperty('due');
    await worker.remindAt(LEAVE_AFTER + GRACE + DAY);
    expect(accounts(worker)).toEqual([false]);
  });

  test('and whose account we did not make keeps it, switched off', async () => {
    const worker = anyWorker('delete');
    worker.remote.add('acme/dev/auth0|1');
    await worker.inside('user.registered', 0);
    await worker.outside('user.updated', SECOND);
    await worker.remindAt(LEAVE_AFTER);
    expect(worker.link()).toMatchObject({ state: 'disabled', ownership: 'adopted', code: 'out-of-scope' });
    expect(accounts(worker)).toEqual([false]);
  });

  test('by an old event stays', async () => {
    const worker = await aMember();
    await worker.inside('user.updated', 2 * SECOND, { email: 'new@example.com' });
    expect(await worker.outside('user.updated', SECOND)).toEqual(skippedBy('stale'));
    expect(worker.link()).toMatchObject({ state: 'linked' });
  });

  test('by an old event stays also when nothing else was new in what came before it', async () => {
    const worker = await aMember('delete');
    expect(await worker.inside('user.logged-in', 3 * SECOND)).toMatchObject({ kind: 'skipped' });
    expect(await worker.outside('user.updated', 2 * SECOND)).not.toEqual(OUT);
    expect(worker.link()).not.toHaveProperty('outside');
    expect(worker.link()).not.toHaveProperty('dueAt');
  });

  test('and is deleted then goes as one who is deleted', async () => {
    const worker = await aMember('disable');
    await worker.outside('user.updated', SECOND);
    await worker.remindAt(LEAVE_AFTER);
    expect(await worker.tell('user.deleted', {}, 2 * SECOND)).toEqual(skippedBy('deleting'));
    await worker.remindAt(2 * LEAVE_AFTER);
    await worker.remindAt(2 * LEAVE_AFTER + GRACE);
    expect(accounts(worker)).toEqual([]);
    expect(worker.link()).toMatchObject({ state: 'deprovisioned', ended: 'deleted' });
  });

  test('and is blocked meanwhile is switched off at once, and the account goes all the same', async () => {
    const worker = await aMember('delete');
    await worker.outside('user.updated', SECOND);
    expect(await worker.tell('user.blocked', {}, 2 * SECOND)).toEqual(PROVISIONED);
    expect(accounts(worker)).toEqual([false]);
    expect(worker.link()).toMatchObject({ state: 'deprovisioning', next: 'delete', blocked: true });
    await worker.remindAt(GRACE);
    expect(accounts(worker)).toEqual([]);
    expect(worker.link()).toMatchObject({ state: 'skipped', code: 'out-of-scope', blocked: true });
  });
});

describe('who comes back into the scope', () => {
  test.each([
    ['before anything happened', []],
    ['switched off', [LEAVE_AFTER]],
    ['removed', [LEAVE_AFTER, LEAVE_AFTER + GRACE]],
  ])('%s is active again, in the same life', async (_when, reminders) => {
    const worker = await aMember('delete');
    const { generation } = worker.link();
    await worker.outside('user.updated', SECOND);
    for (const at of reminders) await worker.remindAt(at);
    expect(await worker.inside('user.updated', 2 * SECOND, { email: 'new@example.com' })).toEqual(
      PROVISIONED,
    );
    expect(accounts(worker)).toEqual([true]);
    expect(worker.remote.stored).toMatchObject([{ shown: { email: 'new@example.com' } }]);
    expect(worker.link()).toMatchObject({ state: 'linked', generation });
    for (const field of ['outside', 'next', 'dueAt', 'due', 'remindAt', 'counted', 'code'])
      expect(worker.link()).not.toHaveProperty(field);
    await worker.remindAt(3 * GRACE);
    expect(accounts(worker)).toEqual([true]);
  });

  test('is not switched off by a reminder that comes while the system is down', async () => {
    const worker = await aMember('delete');
    await worker.outside('user.updated', SECOND);
    worker.remote.faults.read = () => new Promise(() => {});
    void worker.inside('user.updated', 2 * SECOND);
    await new Promise((resolve) => setImmediate(resolve));
    worker.remote.faults.read = undefined;
    expect(await worker.remindAt(DAY)).toEqual(skippedBy('not-due'));
    expect(await worker.inside('user.updated', 2 * SECOND)).toEqual(PROVISIONED);
    expect(accounts(worker)).toEqual([true]);
  });

  test('blocked is off, and not on the way out any more', async () => {
    const worker = await aMember('delete');
    await worker.outside('user.updated', SECOND);
    await worker.tell('user.blocked', {}, 2 * SECOND);
    await worker.inside('user.updated', 3 * SECOND, { blocked: true });
    expect(worker.link()).toMatchObject({ state: 'disabled', accountId: 'acc-0' });
    expect(worker.link()).not.toHaveProperty('due');
    await worker.remindAt(3 * GRACE);
    expect(accounts(worker)).toEqual([false]);
    await worker.inside('user.unblocked', 4 * SECOND);
    expect(accounts(worker)).toEqual([true]);
  });

  test('because the scope was taken away is in by any event', async () => {
    const { outside, link, remote } = await aMember('disable');
    await outside('user.updated', SECOND);
    const anybody = aWorker({ connector: remote.connector });
    anybody.put(link());
    expect(await anybody.tell('user.logged-in', {}, 2 * SECOND)).toEqual(PROVISIONED);
    expect(anybody.link()).toMatchObject({ state: 'linked' });
    expect(anybody.link()).not.toHaveProperty('outside');
  });
});

describe('a scope that leaves everybody out by mistake', () => {
  const held = async (onLeave: OnLeave = 'delete') => {
    const worker = await aMember(onLeave, { admitDeletion: async () => false });
    await worker.outside('user.updated', SECOND);
    expect(await worker.remindAt(LEAVE_AFTER)).toEqual(skippedBy('deletion-threshold'));
    return worker;
  };

  test.each(['delete', 'disable'] as const)('is held beyond the threshold, still on: %s', async (onLeave) => {
    const worker = await held(onLeave);
    expect(worker.link()).toMatchObject({ state: 'held', code: 'deletion-threshold', outside: true });
    expect(accounts(worker)).toEqual([true]);
    expect(await worker.outside('user.updated', 2 * SECOND)).toEqual(OUT);
    expect(worker.link()).toMatchObject({ state: 'held' });
  });

  test('and is mended brings each user back by their next event', async () => {
    const worker = await held();
    expect(await worker.inside('user.updated', 2 * SECOND)).toEqual(PROVISIONED);
    expect(worker.link()).toMatchObject({ state: 'linked' });
    expect(accounts(worker)).toEqual([true]);
  });

  test('and was none goes on when an operator releases the link, and ends no life', async () => {
    const worker = await held();
    worker.put(released(worker.link(), NOW + DAY));
    expect(worker.link()).toMatchObject({ state: 'deprovisioning', code: 'out-of-scope', counted: true });
    expect(worker.link()).not.toHaveProperty('ended');
    expect(await worker.remindAt(DAY + MINUTE)).toEqual(PROVISIONED);
    expect(accounts(worker)).toEqual([false]);
    expect(await worker.inside('user.updated', 2 * SECOND)).toEqual(PROVISIONED);
    expect(accounts(worker)).toEqual([true]);
  });
});

describe('a new life', () => {
  const again = { created_at: '2026-12-20T09:59:59.000Z' };

  test('out of the scope lets what the one before it left go on its way', async () => {
    const worker = await aMember('keep');
    await worker.tell('user.deleted', {}, SECOND);
    expect(await worker.outside('user.registered', 40 * DAY, again)).toEqual(OUT);
    expect(worker.link()).toMatchObject({ state: 'deprovisioning', generation: again.created_at });
    expect(worker.link()).not.toHaveProperty('ended');
    await worker.remindAt(LEAVE_AFTER);
    await worker.remindAt(LEAVE_AFTER + GRACE);
    expect(accounts(worker)).toEqual([]);
    expect(worker.link()).toMatchObject({ state: 'skipped', code: 'out-of-scope' });
    expect(await worker.inside('user.updated', 41 * DAY, again)).toEqual(PROVISIONED);
    expect(accounts(worker)).toEqual([true]);
  });

  test('in it begins as ever', async () => {
    const worker = anyWorker();
    await worker.outside('user.registered', 0);
    await worker.tell('user.deleted', {}, SECOND);
    expect(await worker.inside('user.registered', 40 * DAY, again)).toEqual(PROVISIONED);
    expect(worker.link()).toMatchObject({ state: 'linked', generation: again.created_at });
  });
});
