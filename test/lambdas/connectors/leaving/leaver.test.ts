import { RetryableError } from '../../../../lambdas/connectors/connector';
import { NOW } from '../../../helpers/events';
import { aLink } from '../../../helpers/links';
import { aWorker, DAY, failing, GRACE, HOUR, LEAVE_AFTER, MINUTE, SECOND, SETTLE } from '../helpers/a-worker';

const GENERATION = '2026-11-20T09:59:59.000Z';
const NEXT_GENERATION = '2026-11-20T12:00:00.000Z';

async function linked(settings: Parameters<typeof aWorker>[0] = {}) {
  const worker = aWorker(settings);
  await worker.tell('user.registered');
  worker.remote.calls.length = 0;
  return worker;
}

describe('a user who is blocked', () => {
  test('keeps the account, switched off', async () => {
    const { tell, remote, link } = await linked();
    expect(await tell('user.blocked', {}, SECOND)).toEqual({ kind: 'provisioned' });
    expect(remote.stored).toMatchObject([{ accountId: 'acc-0', active: false }]);
    expect(link()).toMatchObject({ state: 'disabled', accountId: 'acc-0' });
  });

  test('does not get in by logging in, or by an event told late', async () => {
    const { tell, remote } = await linked();
    await tell('user.blocked', {}, 2 * SECOND);
    for (const type of ['user.logged-in', 'user.registered'] as const) {
      expect(await tell(type, {}, 3 * SECOND)).toEqual({ kind: 'skipped', code: 'disabled' });
    }
    expect(await tell('user.unblocked', {}, SECOND)).toEqual({ kind: 'skipped', code: 'stale' });
    expect(remote.stored).toMatchObject([{ active: false }]);
  });

  test('gets the account back with all that changed meanwhile', async () => {
    const { tell, remote, link } = await linked();
    await tell('user.blocked', {}, SECOND);
    expect(await tell('user.unblocked', { email: 'new@example.com' }, 2 * SECOND)).toEqual({
      kind: 'provisioned',
    });
    expect(remote.stored).toMatchObject([{ active: true, shown: { email: 'new@example.com' } }]);
    expect(link().state).toBe('linked');
  });

  test.each(['before it does anything', 'after it did'])(
    'gets the account back although the system fails once, %s',
    async (when) => {
      const { tell, remote, link, clock } = await linked();
      await tell('user.blocked', {}, SECOND);
      const faults = when === 'after it did' ? remote.after : remote.faults;
      faults.setActive = failing(new RetryableError('remote-unavailable'));
      expect(await tell('user.unblocked', {}, 2 * SECOND)).toMatchObject({ kind: 'retry' });
      faults.setActive = undefined;
      clock.now += MINUTE;
      expect(await tell('user.unblocked', {}, 2 * SECOND)).toEqual({ kind: 'provisioned' });
      expect(remote.stored).toMatchObject([{ active: true }]);
      expect(link().state).toBe('linked');
    },
  );

  test('gets the account back from whoever asks for it, after the block and its end both failed', async () => {
    const { tell, remote, link, clock } = await linked();
    remote.after.setActive = failing(new RetryableError('remote-timeout'));
    await tell('user.blocked', {}, SECOND);
    clock.now += MINUTE;
    remote.faults.setActive = failing(new RetryableError('remote-timeout'));
    await tell('user.unblocked', {}, 2 * SECOND);
    expect(remote.stored).toMatchObject([{ active: false }]);
    remote.faults.setActive = undefined;
    remote.after.setActive = undefined;
    clock.now += MINUTE;
    expect(await tell('user.provision-requested', {}, 3 * SECOND)).toEqual({ kind: 'provisioned' });
    expect(remote.stored).toMatchObject([{ active: true }]);
    expect(link().state).toBe('linked');
  });

  test('before the account was made gets none until the block ends', async () => {
    const { tell, remote, link } = aWorker();
    expect(await tell('user.blocked', {}, SECOND)).toEqual({ kind: 'skipped', code: 'disabled' });
    expect(await tell('user.registered')).toEqual({ kind: 'skipped', code: 'disabled' });
    expect(link()).toMatchObject({ state: 'skipped', code: 'disabled' });
    expect(remote.calls).toEqual([]);
    expect(await tell('user.unblocked', {}, 2 * SECOND)).toEqual({ kind: 'provisioned' });
    expect(remote.stored).toHaveLength(1);
  });

  test('is switched off although the account is held for a conflict', async () => {
    const { tell, remote, link } = await linked();
    remote.connector.change = async () => 'exists';
    const taken = { email: 'taken@example.com' };
    expect(await tell('user.updated', taken, SECOND)).toEqual({ kind: 'skipped', code: 'conflict' });
    expect(await tell('user.blocked', taken, 2 * SECOND)).toEqual({ kind: 'provisioned' });
    expect(remote.stored).toMatchObject([{ active: false }]);
    expect(link()).toMatchObject({ state: 'disabled', accountId: 'acc-0', blocked: true });
  });

  test.each([
    ['user.blocked', { active: false }],
    ['user.deleted', { active: true }],
  ] as const)('is known by the account that was adopted and held at once: %s', async (type, expected) => {
    const { tell, remote, link } = aWorker();
    remote.add('acme/dev/auth0|1');
    remote.connector.change = async () => 'exists';
    expect(await tell('user.registered')).toEqual({ kind: 'skipped', code: 'conflict' });
    expect(link()).toMatchObject({ state: 'held', accountId: 'acc-0', ownership: 'adopted' });
    await tell(type, {}, SECOND);
    expect(remote.stored).toMatchObject([expected]);
    expect(['disabled', 'deprovisioning']).toContain(link().state);
  });

  test('is switched off although the system made the account and does not show it yet', async () => {
    const { tell, remote, link, clock } = aWorker();
    remote.connector.create = async () => ({ kind: 'created-unnamed' });
    expect(await tell('user.registered')).toMatchObject({ kind: 'retry' });
    clock.now += MINUTE;
    expect(await tell('user.blocked', {}, SECOND)).toEqual({
      ...{ kind: 'retry', code: 'remote-invalid-answer', afterMs: expect.any(Number) },
    });
    remote.add('acme/dev/auth0|1');
    clock.now += MINUTE;
    expect(await tell('user.blocked', {}, SECOND)).toEqual({ kind: 'provisioned' });
    expect(remote.stored).toMatchObject([{ active: false }]);
    expect(link()).toMatchObject({ state: 'disabled', ownership: 'created' });
  });

  test('and unblocked in an order that the queue turned round is unblocked', async () => {
    const { tell, remote } = await linked();
    await tell('user.unblocked', {}, 2 * SECOND);
    expect(await tell('user.blocked', {}, SECOND)).toEqual({ kind: 'skipped', code: 'stale' });
    expect(remote.stored).toMatchObject([{ active: true }]);
  });
});

test('an account that shows late, when it was to be made, is switched on before the link says so', async () => {
  const { tell, remote, link, put } = aWorker();
  const account = remote.add('acme/dev/auth0|1');
  remote.stored[0] = { ...account, active: false };
  put(aLink({ state: 'deprovisioned', code: 'deleted', ended: 'deleted', generation: GENERATION }));
  const { find } = remote.connector;
  remote.connector.find = async () => ({ kind: 'none' });
  remote.connector.create = async () => {
    remote.connector.find = find;
    return { kind: 'exists' };
  };
  const again = () => tell('user.registered', { created_at: NEXT_GENERATION }, HOUR);
  expect(await again()).toMatchObject({ kind: 'retry' });
  expect(link().state).toBe('pending');
  expect(await again()).toEqual({ kind: 'provisioned' });
  expect(remote.stored).toMatchObject([{ active: true }]);
  expect(link()).toMatchObject({ state: 'linked', accountId: account.accountId });
});

describe('a user who was deleted', () => {
  test('keeps the account for a quarter of an hour, then it is off, and a month later it is gone', async () => {
    const { tell, remindAt, remote, link } = await linked();
    expect(await tell('user.deleted')).toEqual({ kind: 'skipped', code: 'deleting' });
    expect(link()).toMatchObject({ state: 'deprovisioning', code: 'deleted', next: 'disable' });
    expect(await remindAt(LEAVE_AFTER - 1)).toEqual({ kind: 'skipped', code: 'not-due' });
    expect(remote.calls).toEqual([]);
    expect(await remindAt(LEAVE_AFTER)).toEqual({ kind: 'provisioned' });
    expect(remote.stored).toMatchObject([{ active: false }]);
    expect(link()).toMatchObject({ next: 'delete', remindAt: NOW + LEAVE_AFTER + GRACE });
    expect(await remindAt(LEAVE_AFTER + GRACE - 1)).toEqual({ kind: 'skipped', code: 'not-due' });
    expect(await remindAt(LEAVE_AFTER + GRACE)).toEqual({ kind: 'provisioned' });
    expect(remote.stored).toEqual([]);
    expect(link()).toEqual({
      ...{ userRef: 'ref:auth0|1', system: 'crm', generation: GENERATION, ended: 'deleted' },
      ...{ state: 'deprovisioned', code: 'deleted' },
      updatedAt: new Date(NOW + LEAVE_AFTER + GRACE).toISOString(),
      ...{ attempts: 0, crashes: 0, firstAttemptAt: NOW + LEAVE_AFTER + GRACE, revision: expect.any(Number) },
      ...{ acceptedAt: expect.any(Number), eventId: 'due_1', requestId: 'request-1' },
    });
  });

  test.each(['user.registered', 'user.updated', 'user.unblocked', 'user.logged-in'] as const)(
    'does not come back by a late %s, at any stage',
    async (type) => {
      const { tell, remindAt, remote } = await linked();
      await tell('user.deleted');
      for (const at of [MINUTE, LEAVE_AFTER, LEAVE_AFTER + GRACE]) {
        await remindAt(at);
        const before = structuredClone(remote.stored);
        expect(await tell(type, {}, DAY)).toEqual({ kind: 'skipped', code: 'deleted' });
        expect(remote.stored).toEqual(before);
      }
    },
  );

  test('and signs up again within the grace period finds the account, switched on', async () => {
    const { tell, remindAt, remote, link } = await linked();
    await tell('user.deleted');
    await remindAt(LEAVE_AFTER);
    expect(await tell('user.registered', { created_at: NEXT_GENERATION }, HOUR)).toEqual({
      kind: 'provisioned',
    });
    expect(remote.stored).toMatchObject([{ accountId: 'acc-0', active: true }]);
    expect(link()).toMatchObject({ state: 'linked', generation: NEXT_GENERATION, ownership: 'created' });
    expect(link()).not.toHaveProperty('dueAt');
    expect(await remindAt(LEAVE_AFTER + GRACE)).toEqual({ kind: 'skipped', code: 'not-due' });
    expect(remote.stored).toHaveLength(1);
  });

  test('and signs up again while the system fails finds the account switched on all the same', async () => {
    const { tell, remindAt, remote, link, clock } = await linked();
    await tell('user.deleted');
    await remindAt(LEAVE_AFTER);
    remote.faults.setActive = failing(new RetryableError('remote-unavailable'));
    const again = () => tell('user.registered', { created_at: NEXT_GENERATION }, HOUR);
    expect(await again()).toMatchObject({ kind: 'retry' });
    remote.faults.setActive = undefined;
    clock.now += MINUTE;
    expect(await again()).toEqual({ kind: 'provisioned' });
    expect(remote.stored).toMatchObject([{ accountId: 'acc-0', active: true }]);
    expect(link()).toMatchObject({ state: 'linked', generation: NEXT_GENERATION });
  });

  test('and signs up again later gets a new account; what is told of the old life is history', async () => {
    const { tell, remindAt, remote, link } = await linked();
    await tell('user.deleted');
    await remindAt(LEAVE_AFTER);
    await remindAt(LEAVE_AFTER + GRACE);
    await tell('user.registered', { created_at: NEXT_GENERATION }, HOUR);
    expect(remote.stored).toMatchObject([{ accountId: 'acc-1' }]);
    expect(await tell('user.deleted', { created_at: GENERATION })).toEqual({
      kind: 'skipped',
      code: 'stale',
    });
    expect(link().state).toBe('linked');
  });

  test('in a second life of which nothing else was told stays deleted in it', async () => {
    const { tell, remindAt, link } = await linked();
    await tell('user.deleted', { created_at: NEXT_GENERATION });
    expect(link().generation).toBe(NEXT_GENERATION);
    for (const at of [LEAVE_AFTER, LEAVE_AFTER + GRACE]) {
      await remindAt(at);
      const again = tell('user.registered', { created_at: NEXT_GENERATION }, HOUR);
      expect(await again).toEqual({ kind: 'skipped', code: 'deleted' });
    }
  });

  test('before anything was made leaves a stone that no late event lifts', async () => {
    const { tell, remote, link } = aWorker();
    await tell('user.deleted');
    expect(await tell('user.registered')).toEqual({ kind: 'skipped', code: 'deleted' });
    expect(link()).toMatchObject({ state: 'deprovisioned', generation: GENERATION });
    expect(link()).not.toHaveProperty('user_id');
    expect(remote.calls).toEqual([]);
  });

  test('takes along the account that the system made and does not show yet', async () => {
    const { tell, remindAt, remote, link, clock } = aWorker();
    remote.connector.create = async () => ({ kind: 'created-unnamed' });
    await tell('user.registered');
    clock.now += SETTLE;
    await tell('user.deleted');
    expect(await remindAt(LEAVE_AFTER + SETTLE)).toMatchObject({
      ...{ kind: 'retry', code: 'remote-invalid-answer' },
    });
    expect(link()).toMatchObject({ state: 'deprovisioning', next: 'disable' });
    remote.add('acme/dev/auth0|1');
    expect(await remindAt(LEAVE_AFTER + HOUR)).toEqual({ kind: 'provisioned' });
    expect(remote.stored).toMatchObject([{ active: false }]);
  });

  test('keeps an account that we did not make, switched off', async () => {
    const { tell, remindAt, remote, link } = aWorker();
    remote.add('acme/dev/auth0|1');
    await tell('user.registered');
    await tell('user.deleted');
    await remindAt(LEAVE_AFTER);
    await remindAt(LEAVE_AFTER + GRACE);
    expect(remote.stored).toMatchObject([{ active: false }]);
    expect(link()).toMatchObject({ state: 'disabled', ended: 'deleted' });
  });

  test('keeps the account switched off where the configuration says so', async () => {
    const { tell, remindAt, remote } = await linked({
      leave: { onLeaveScope: 'disable', ending: 'disable', afterMs: LEAVE_AFTER, graceMs: GRACE },
    });
    await tell('user.deleted');
    await remindAt(LEAVE_AFTER);
    expect(await remindAt(LEAVE_AFTER + GRACE)).toEqual({ kind: 'skipped', code: 'not-due' });
    expect(remote.stored).toMatchObject([{ active: false }]);
  });

  test('whose system is down is removed when it is back', async () => {
    const { tell, remindAt, remote, link } = await linked();
    await tell('user.deleted');
    remote.faults.read = failing(new RetryableError('remote-unavailable'));
    expect(await remindAt(LEAVE_AFTER)).toMatchObject({ kind: 'retry', code: 'remote-unavailable' });
    expect(link()).toMatchObject({ state: 'deprovisioning', code: 'remote-unavailable', next: 'disable' });
    remote.faults.read = undefined;
    expect(await remindAt(LEAVE_AFTER + HOUR)).toEqual({ kind: 'provisioned' });
    expect(remote.stored).toMatchObject([{ active: false }]);
  });

  test('is held where too many go at once, counted once however often it is tried', async () => {
    let admitted = 0;
    const { tell, remindAt, remote, link } = await linked({ admitDeletion: async () => ++admitted <= 1 });
    await tell('user.deleted');
    remote.faults.setActive = failing(new RetryableError('remote-throttled'));
    await remindAt(LEAVE_AFTER);
    remote.faults.setActive = undefined;
    expect(await remindAt(LEAVE_AFTER + HOUR)).toEqual({ kind: 'provisioned' });
    expect(admitted).toBe(1);

    await tell('user.registered', { user_id: 'auth0|2' });
    await tell('user.deleted', { user_id: 'auth0|2' });
    expect(await remindAt(DAY, 'auth0|2')).toEqual({ kind: 'skipped', code: 'deletion-threshold' });
    expect(link('auth0|2')).toMatchObject({ state: 'held', code: 'deletion-threshold', next: 'disable' });
    expect(link('auth0|2')).not.toHaveProperty('due');
    expect(remote.stored).toContainEqual(expect.objectContaining({ accountId: 'acc-1', active: true }));
  });

  test('whom nobody can count goes later, and costs no crash', async () => {
    let isAway = true;
    const admitDeletion = async () => {
      if (isAway) throw new Error('the table is away');
      return true;
    };
    const { tell, remindAt, remote, link } = await linked({ admitDeletion });
    await tell('user.deleted');
    expect(await remindAt(DAY)).toMatchObject({ kind: 'retry', code: 'store-unavailable' });
    expect(link()).toMatchObject({ state: 'deprovisioning', next: 'disable', crashes: 0 });
    expect(link()).not.toHaveProperty('lease');
    isAway = false;
    expect(await remindAt(DAY + HOUR)).toEqual({ kind: 'provisioned' });
    expect(remote.stored).toMatchObject([{ active: false }]);
  });

  test('and held at the threshold goes once there is room and somebody has it reminded of again', async () => {
    const room = { accounts: 0 };
    const { tell, remindAt, link, remote } = await linked({ admitDeletion: async () => room.accounts-- > 0 });
    await tell('user.deleted');
    await remindAt(LEAVE_AFTER);
    expect(link()).toMatchObject({ state: 'held', code: 'deletion-threshold' });
    room.accounts = 1;
    expect(await remindAt(DAY)).toEqual({ kind: 'provisioned' });
    expect(link()).toMatchObject({ state: 'deprovisioning', code: 'deleted', next: 'delete', counted: true });
    expect(remote.stored).toMatchObject([{ active: false }]);
    // It was counted when it was switched off.
    expect(await remindAt(DAY + GRACE)).toEqual({ kind: 'provisioned' });
    expect(remote.stored).toEqual([]);
  });
});

describe('a user who was linked to another one in Auth0', () => {
  const OTHER = { user_id: 'google-oauth2|7' };
  const merged = { identities: ['auth0|1', 'google-oauth2|7'] };

  async function both() {
    const worker = await linked();
    await worker.tell('user.registered', OTHER);
    return worker;
  }

  test.each([
    ['deletion first', ['user.deleted', 'user.updated']],
    ['change first', ['user.updated', 'user.deleted']],
  ] as const)('keeps the account until somebody says which one stays: %s', async (_, order) => {
    const { tell, remindAt, remote, link } = await both();
    for (const type of order) {
      if (type === 'user.deleted') await tell(type, OTHER);
      else await tell(type, merged, SECOND);
    }
    expect(link(OTHER.user_id)).toMatchObject({
      ...{ state: 'held', code: 'merge-pending', accountId: 'acc-1', mergedInto: 'ref:auth0|1' },
    });
    expect(await remindAt(DAY, OTHER.user_id)).toEqual({ kind: 'skipped', code: 'not-due' });
    expect(remote.stored).toMatchObject([{ active: true }, { active: true }]);
    expect(link().state).toBe('linked');
  });

  test('lets the account go when an operator says so', async () => {
    const { tell, remindAt, remote, link, put } = await both();
    await tell('user.deleted', OTHER);
    await tell('user.updated', merged, SECOND);
    // What docs/runbook.md has the operator write.
    put({ ...link(OTHER.user_id), next: 'disable', dueAt: NOW, remindAt: NOW, due: '0' });
    expect(await remindAt(HOUR, OTHER.user_id)).toEqual({ kind: 'provisioned' });
    expect(link(OTHER.user_id)).toMatchObject({ state: 'deprovisioning', next: 'delete' });
    expect(link(OTHER.user_id)).not.toHaveProperty('unsettled');
    expect(remote.stored).toMatchObject([{ active: true }, { accountId: 'acc-1', active: false }]);
  });

  test('lets it go for good: that both are one is told with every later change', async () => {
    const { tell, remindAt, link, put } = await both();
    await tell('user.deleted', OTHER);
    await tell('user.updated', merged, SECOND);
    put({ ...link(OTHER.user_id), next: 'disable', dueAt: NOW, remindAt: NOW, due: '0' });
    await tell('user.updated', merged, 2 * SECOND);
    expect(link(OTHER.user_id)).toMatchObject({ next: 'disable', dueAt: NOW });
    expect(await remindAt(HOUR, OTHER.user_id)).toEqual({ kind: 'provisioned' });
  });

  test('after the account was switched off loses it as any other who was deleted', async () => {
    const { tell, remindAt, remote, link } = await both();
    await tell('user.deleted', OTHER);
    await remindAt(LEAVE_AFTER, OTHER.user_id);
    await tell('user.updated', merged, SECOND);
    expect(link(OTHER.user_id)).toMatchObject({ state: 'deprovisioning', next: 'delete' });
    await remindAt(LEAVE_AFTER + GRACE, OTHER.user_id);
    expect(remote.stored).toMatchObject([{ accountId: 'acc-0' }]);
  });

  test('in a second life of which nothing else was told keeps the account too', async () => {
    const { tell, remote, link } = await both();
    await tell('user.deleted', OTHER);
    await tell('user.updated', merged, SECOND);
    const again = { ...OTHER, created_at: NEXT_GENERATION };
    expect(await tell('user.deleted', again, HOUR)).toEqual({ kind: 'skipped', code: 'merge-pending' });
    expect(link(OTHER.user_id)).toMatchObject({ state: 'held', generation: NEXT_GENERATION });
    expect(remote.stored).toMatchObject([{ active: true }, { active: true }]);
  });

  test('before there was an account leaves nothing to decide', async () => {
    const { tell, link } = await linked();
    await tell('user.blocked', OTHER);
    await tell('user.updated', merged, SECOND);
    expect(await tell('user.deleted', OTHER, SECOND)).toEqual({ kind: 'skipped', code: 'deleted' });
    expect(link(OTHER.user_id)).toMatchObject({ state: 'deprovisioned' });
  });

  test('before anything else was told of it gets no account any more, and one of its own after an unlinking', async () => {
    const { tell, remote, link } = await linked();
    await tell('user.updated', merged, SECOND);
    expect(await tell('user.registered', OTHER, 2 * SECOND)).toEqual({ kind: 'skipped', code: 'deleted' });
    expect(await tell('user.deleted', OTHER, 2 * SECOND)).toEqual({ kind: 'skipped', code: 'deleted' });
    expect(remote.stored).toHaveLength(1);
    expect(link(OTHER.user_id)).not.toHaveProperty('user_id');
    const again = { ...OTHER, created_at: NEXT_GENERATION };
    expect(await tell('user.registered', again, HOUR)).toEqual({ kind: 'provisioned' });
    expect(remote.stored).toHaveLength(2);
  });

  test('is not brought back by a late event of the user that it was', async () => {
    const { tell } = await both();
    await tell('user.deleted', OTHER);
    await tell('user.updated', merged, SECOND);
    expect(await tell('user.updated', OTHER, DAY)).toEqual({ kind: 'skipped', code: 'deleted' });
  });

  test('and deleted by a worker that read the link just before is looked at again', async () => {
    const { tell, table, link } = await both();
    const { get } = table.links;
    table.links.get = async (...of) => {
      const read = await get(...of);
      table.links.get = get;
      await tell('user.updated', merged, SECOND);
      return read;
    };
    expect(await tell('user.deleted', OTHER)).toMatchObject({ kind: 'retry', code: 'in-progress' });
    expect(link(OTHER.user_id)).toMatchObject({ state: 'linked', mergedInto: 'ref:auth0|1' });
    expect(await tell('user.deleted', OTHER)).toEqual({ kind: 'skipped', code: 'merge-pending' });
  });

  test('whose worker died is noted all the same', async () => {
    const { tell, put, link } = await both();
    put({ ...link(OTHER.user_id), lease: { token: 'of the dead', until: NOW - 1 } });
    expect(await tell('user.updated', merged, SECOND)).toMatchObject({ kind: 'skipped' });
    expect(link(OTHER.user_id)).toMatchObject({ mergedInto: 'ref:auth0|1' });
  });

  test('who is just being worked on is looked at again', async () => {
    const { tell, remote } = await both();
    remote.after.change = () => new Promise(() => {});
    void tell('user.updated', { ...OTHER, email: 'x@example.com' }, SECOND);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await tell('user.updated', merged, 2 * SECOND)).toMatchObject({
      kind: 'retry',
      code: 'in-progress',
    });
  });
});
