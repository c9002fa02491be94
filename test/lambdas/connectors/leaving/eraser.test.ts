import { RejectedError, RetryableError } from '../../../../lambdas/connectors/connector';
import type { UserLink } from '../../../../lambdas/user-links/user-link';
import { anEvent, NOW } from '../../../helpers/events';
import { aLink } from '../../../helpers/links';
import { aWorker, DAY, failing, HOUR, MINUTE, SECOND, SETTLE } from '../helpers/a-worker';

const GENERATION = '2026-11-20T09:59:59.000Z';
const NEXT_GENERATION = '2026-11-20T12:00:00.000Z';
const ASK = 'user.erase-requested';
const provisioned = { kind: 'provisioned' };
const erased = { kind: 'skipped', code: 'erased' };

async function linked(settings: Parameters<typeof aWorker>[0] = {}) {
  const worker = aWorker(settings);
  await worker.tell('user.registered');
  worker.remote.calls.length = 0;
  worker.table.written.length = 0;
  return worker;
}

/** A user who was erased, both read-backs included. */
async function gone() {
  const worker = await linked();
  await worker.tell(ASK);
  expect(await worker.remindAt(MINUTE)).toEqual(provisioned);
  return worker;
}

/** A worker whose link is as given, beside an account of it in the system. */
function having(fields: Partial<UserLink>, settings: Parameters<typeof aWorker>[0] = {}) {
  const worker = aWorker(settings);
  worker.remote.add('acme/dev/auth0|1');
  worker.put(aLink({ accountId: 'acc-0', ownership: 'created', generation: GENERATION, ...fields }));
  return worker;
}

describe('a user who is to be erased', () => {
  test('loses the account at once, without a pause, a grace period or a threshold', async () => {
    const { tell, remote, link } = await linked({ admitDeletion: async () => false });
    expect(await tell(ASK)).toEqual(provisioned);
    expect(remote.calls).toEqual(['read', 'remove', 'read', 'find']);
    expect(remote.stored).toEqual([]);
    expect(link()).toMatchObject({
      state: 'deprovisioning',
      code: 'erased',
      next: 'verify',
      accountId: 'acc-0',
    });
  });

  test('has the tombstone before the account goes', async () => {
    const { tell, table } = await linked();
    await tell(ASK);
    expect(table.written[0]).toMatchObject({ ended: 'erased', next: 'erase', state: 'deprovisioning' });
  });

  test('is looked for twice; then nothing names them any more, and the proof stays', async () => {
    const { tell, remindAt, link, clock } = await linked();
    await tell(ASK);
    clock.now += MINUTE;
    await remindAt(MINUTE);
    expect(link()).toEqual({
      ...{ userRef: 'ref:auth0|1', system: 'crm', generation: GENERATION },
      ...{ state: 'deprovisioned', code: 'erased', ended: 'erased' },
      ...{ acceptedAt: NOW + MINUTE, eventId: 'due_1', requestId: 'request-1' },
      ...{ attempts: 0, firstAttemptAt: NOW + MINUTE, crashes: 0, revision: expect.any(Number) },
      updatedAt: new Date(NOW + MINUTE).toISOString(),
      erasure: {
        ...{ askedAt: NOW, accounts: ['account:acc-0'] },
        ...{ removedAt: NOW, removedBy: 'request-1', readBackAt: NOW, readBackBy: 'request-1' },
        ...{ verifiedAt: NOW + MINUTE, verifiedBy: 'request-1' },
      },
    });
  });

  test('is not looked for the second time before a minute is over', async () => {
    const { tell, remindAt, link } = await linked();
    await tell(ASK);
    expect(await remindAt(MINUTE - 1)).toEqual({ kind: 'skipped', code: 'not-due' });
    expect(await tell(ASK)).toEqual(erased);
    expect(link().next).toBe('verify');
  });

  test('stays gone, however late an event of that life comes', async () => {
    const { tell, remote, clock } = await gone();
    clock.now += 300 * DAY;
    for (const type of ['user.registered', 'user.updated', 'user.unblocked', 'user.deleted'] as const) {
      expect(await tell(type, {}, DAY)).toEqual(erased);
      expect(await tell(type, { created_at: '2020-01-01T00:00:00.000Z' }, DAY)).toEqual(erased);
    }
    expect(await tell(ASK)).toEqual(erased);
    expect(remote.stored).toEqual([]);
  });

  test('is not revived by an event without a generation, nor by an unsigned one', async () => {
    const { run, tell, remote } = await gone();
    expect(await tell('user.registered', { created_at: undefined } as never)).toEqual(erased);
    expect(await run({ unsigned: true, route: 'store' })).toEqual(erased);
    expect(remote.stored).toEqual([]);
  });

  test('may sign up again, and begins anew', async () => {
    const { tell, remote, link } = await gone();
    expect(await tell('user.registered', { created_at: NEXT_GENERATION })).toEqual(provisioned);
    expect(remote.stored).toMatchObject([{ accountId: 'acc-1' }]);
    expect(link()).toMatchObject({ state: 'linked', accountId: 'acc-1', generation: NEXT_GENERATION });
    expect(link()).not.toHaveProperty('erasure');
  });

  test('of whom nothing is known is looked for all the same, twice', async () => {
    const { tell, remindAt, remote, link } = aWorker();
    expect(await tell(ASK)).toEqual(provisioned);
    expect(await remindAt(MINUTE)).toEqual(provisioned);
    expect(remote.calls).toEqual(['find', 'find', 'find', 'find']);
    expect(link()).toMatchObject({
      state: 'deprovisioned',
      erasure: { accounts: [], verifiedAt: NOW + MINUTE },
    });
    expect(link().erasure).not.toHaveProperty('removedAt');
    expect(await tell('user.registered')).toEqual(erased);
  });

  test('of whom nothing is known loses an account that carries our externalId', async () => {
    const { tell, remote, link } = aWorker();
    remote.add('acme/dev/auth0|1');
    expect(await tell(ASK)).toEqual(provisioned);
    expect(remote.stored).toEqual([]);
    expect(link().erasure?.accounts).toEqual(['account:acc-0']);
  });

  test.each<[string, Partial<UserLink>]>([
    ['blocked', { state: 'disabled', blocked: true, blockedAt: NOW }],
    [
      'deleted, with the account in its grace period',
      { state: 'deprovisioning', ended: 'deleted', next: 'delete', dueAt: NOW + DAY },
    ],
    ['part of another one', { state: 'held', code: 'merge-pending', ended: 'deleted', mergedInto: 'ref:x' }],
    ['held beyond the deletion threshold', { state: 'held', code: 'deletion-threshold', ended: 'deleted' }],
    ['held for a conflict', { state: 'held', code: 'conflict' }],
    ['rejected', { state: 'rejected', code: 'remote-rejected' }],
    ['failed', { state: 'failed', code: 'remote-timeout' }],
    ['one whose account we took over', { state: 'linked', ownership: 'adopted' }],
  ])('may be %s', async (_, fields) => {
    const { tell, remindAt, remote, link } = having(fields, {
      leave: { onLeaveScope: 'disable', ending: 'disable', afterMs: 15 * MINUTE, graceMs: DAY },
    });
    expect(await tell(ASK)).toEqual(provisioned);
    expect(remote.stored).toEqual([]);
    expect(await remindAt(15 * MINUTE)).toEqual(provisioned);
    expect(link()).toMatchObject({ state: 'deprovisioned', code: 'erased' });
  });

  test('loses an account that came back after they were deleted', async () => {
    const { tell, remote, link } = having({ state: 'deprovisioned', code: 'deleted', ended: 'deleted' });
    expect(await tell(ASK)).toEqual(provisioned);
    expect(remote.stored).toEqual([]);
    expect(link()).toMatchObject({ ended: 'erased', next: 'verify' });
  });
});

describe('a user who became part of another one before there was an account', () => {
  const CREATED = '2026-11-20T09:59:59.000Z';

  /** The change of the other user came first, and left a tombstone that is younger than the one who is no more. */
  async function merged() {
    const worker = aWorker();
    await worker.tell('user.updated', { user_id: 'auth0|2', identities: ['auth0|2', 'auth0|1'] }, HOUR);
    worker.remote.stored.length = 0;
    worker.remote.calls.length = 0;
    expect(worker.link()).toMatchObject({
      ...{ state: 'deprovisioned', code: 'deleted' },
      generation: new Date(NOW + HOUR).toISOString(),
    });
    return worker;
  }

  test('is looked for and erased by a request that names the life that began before', async () => {
    const { tell, remindAt, remote, link } = await merged();
    remote.add('acme/dev/auth0|1');
    expect(await tell(ASK, { created_at: CREATED })).toEqual(provisioned);
    expect(remote.stored).toEqual([]);
    expect(await remindAt(15 * MINUTE)).toEqual(provisioned);
    expect(link()).toMatchObject({ state: 'deprovisioned', ended: 'erased' });
    expect(link().generation).toBe(new Date(NOW + HOUR).toISOString());
    expect(await tell(ASK, { created_at: CREATED })).toEqual(erased);
    expect(await tell('user.registered', { created_at: CREATED })).toEqual(erased);
  });

  test('is waited for by a new life, as by any erasure', async () => {
    const { tell } = await merged();
    await tell(ASK, { created_at: CREATED });
    const created_at = new Date(NOW + 2 * HOUR).toISOString();
    expect(await tell('user.registered', { created_at })).toMatchObject({ kind: 'retry', code: 'erasing' });
  });
});

describe('an erasure that does not go through', () => {
  test('waits for a system that is down, and nobody comes back meanwhile', async () => {
    const { tell, remote, link, clock } = await linked();
    remote.faults.read = failing(new RetryableError('remote-unavailable'));
    expect(await tell(ASK)).toMatchObject({ kind: 'retry', code: 'remote-unavailable' });
    expect(link()).toMatchObject({ state: 'deprovisioning', code: 'remote-unavailable', ended: 'erased' });
    clock.now += HOUR;
    expect(await tell('user.updated', { email: 'new@example.com' }, HOUR)).toEqual(erased);
    remote.faults.read = undefined;
    expect(await tell(ASK)).toEqual(provisioned);
    expect(remote.stored).toEqual([]);
  });

  test('fails in the end, in sight and not verified, and begins again when it is asked for again', async () => {
    const { tell, remote, link, clock } = await linked();
    remote.faults.remove = failing(new RetryableError('remote-unavailable'));
    for (let hour = 0; hour < 24; hour += 1) {
      expect(await tell(ASK)).toMatchObject({ kind: 'retry' });
      clock.now += HOUR;
    }
    expect(await tell(ASK)).toEqual({
      kind: 'rejected',
      code: 'retries-exhausted',
      detail: 'remote-unavailable',
    });
    expect(link()).toMatchObject({ state: 'failed', ended: 'erased', next: 'erase', unsettled: 'crm#2' });
    expect(link().erasure).not.toHaveProperty('verifiedAt');
    remote.faults.remove = undefined;
    clock.now += HOUR;
    expect(await tell(ASK)).toEqual(provisioned);
    expect(link()).toMatchObject({ next: 'verify', state: 'deprovisioning' });
  });

  test('is rejected by a system that does not remove', async () => {
    const { tell, remote, link } = await linked();
    remote.faults.remove = failing(new RejectedError('remote-rejected', '405'));
    expect(await tell(ASK)).toEqual({ kind: 'rejected', code: 'remote-rejected', detail: '405' });
    expect(link()).toMatchObject({ state: 'rejected', ended: 'erased' });
  });

  test('that fails at the second look is looked at again when it is asked for again', async () => {
    const { tell, remindAt, remote, link } = await linked();
    await tell(ASK);
    remote.faults.read = failing(new RejectedError('remote-rejected'));
    expect(await remindAt(MINUTE)).toMatchObject({ kind: 'rejected' });
    remote.faults.read = undefined;
    expect(await tell(ASK)).toEqual(provisioned);
    expect(link()).toMatchObject({ state: 'deprovisioned', erasure: { verifiedAt: NOW + MINUTE } });
  });

  test('leaves an account that carries another externalId to its owner', async () => {
    const { tell, remote, link, put } = aWorker();
    remote.add('acme/dev/auth0|2');
    put(aLink({ state: 'linked', accountId: 'acc-0', ownership: 'created', generation: GENERATION }));
    expect(await tell(ASK)).toEqual({ kind: 'skipped', code: 'conflict' });
    expect(remote.stored).toHaveLength(1);
    expect(link()).toMatchObject({ state: 'held', code: 'conflict', ended: 'erased' });
  });

  test('stops where several accounts carry our externalId', async () => {
    const { tell, remote, link } = aWorker();
    remote.add('acme/dev/auth0|1');
    remote.add('acme/dev/auth0|1');
    expect(await tell(ASK)).toEqual({ kind: 'skipped', code: 'ambiguous' });
    expect(remote.stored).toHaveLength(2);
    expect(link()).toMatchObject({ state: 'held', code: 'ambiguous', ended: 'erased', next: 'erase' });
  });

  test('comes back while the system goes on showing what it removed', async () => {
    const { tell, remote, clock } = await linked();
    const { find } = remote.connector;
    const account = { accountId: 'acc-0', carries: 'ours', snapshot: undefined };
    Object.assign(remote.connector, { find: async () => ({ kind: 'one', account }) });
    expect(await tell(ASK)).toMatchObject({ kind: 'retry', code: 'still-there' });
    Object.assign(remote.connector, { find });
    clock.now += MINUTE;
    expect(await tell(ASK)).toEqual(provisioned);
  });

  test('knows which account it removed though its worker died right after', async () => {
    const { tell, remote, table, link, clock } = aWorker();
    remote.add('acme/dev/auth0|1');
    remote.after.remove = () => {
      table.state.failing = true;
      return Promise.resolve();
    };
    expect(await tell(ASK)).toMatchObject({ kind: 'retry' });
    table.state.failing = false;
    clock.now += 10 * MINUTE;
    expect(await tell(ASK)).toEqual(provisioned);
    expect(link().erasure).toMatchObject({ accounts: ['account:acc-0'], removedAt: clock.now });
  });
});

describe('a create whose end nobody saw', () => {
  async function unseen() {
    const worker = aWorker();
    worker.remote.faults.create = failing(new RetryableError('remote-timeout'));
    await worker.tell('user.registered');
    worker.clock.now += SETTLE;
    return worker;
  }

  test('is waited for before the first look, and for a quarter of an hour before the second', async () => {
    const { tell, remindAt, link, clock } = await unseen();
    clock.now = NOW + SETTLE - SECOND;
    expect(await tell(ASK)).toEqual({ kind: 'retry', code: 'settling', afterMs: SECOND });
    clock.now = NOW + SETTLE;
    expect(await tell(ASK)).toEqual(provisioned);
    expect(await remindAt(SETTLE + 15 * MINUTE - 1)).toEqual({ kind: 'skipped', code: 'not-due' });
    expect(await remindAt(SETTLE + 15 * MINUTE)).toEqual(provisioned);
    expect(link().state).toBe('deprovisioned');
  });

  test('may show its account at the second look: it goes, and there is another look', async () => {
    const { tell, remindAt, remote, link } = await unseen();
    await tell(ASK);
    remote.add('acme/dev/auth0|1');
    const second = SETTLE + 15 * MINUTE;
    expect(await remindAt(second)).toEqual(provisioned);
    expect(remote.stored).toEqual([]);
    expect(link()).toMatchObject({ state: 'deprovisioning', next: 'verify' });
    expect(await remindAt(second + 15 * MINUTE - 1)).toEqual({ kind: 'skipped', code: 'not-due' });
    expect(await remindAt(second + 15 * MINUTE)).toEqual(provisioned);
    expect(link()).toMatchObject({
      state: 'deprovisioned',
      erasure: { accounts: ['account:acc-0'], removedAt: NOW + second, readBackAt: NOW + second },
    });
  });

  test('is waited for when the system said that it made the account and does not show it', async () => {
    const { tell, remote, put, link, clock } = aWorker();
    put(aLink({ creation: 'confirmed', generation: GENERATION }));
    expect(await tell(ASK)).toMatchObject({ kind: 'retry', code: 'remote-invalid-answer' });
    expect(link()).toMatchObject({ ended: 'erased', creation: 'confirmed' });
    remote.add('acme/dev/auth0|1');
    clock.now += MINUTE;
    expect(await tell(ASK)).toEqual(provisioned);
    expect(remote.stored).toEqual([]);
  });

  test('is one as well when its worker died with the lease', async () => {
    const worker = aWorker();
    const lease = { token: 'dead', until: NOW - SETTLE };
    worker.put(aLink({ lease, generation: GENERATION, crashes: 3 }));
    expect(await worker.tell(ASK)).toEqual(provisioned);
    expect(worker.link().dueAt).toBe(NOW + 15 * MINUTE);
  });
});

describe('a life that begins while the one before it is being erased', () => {
  const signUp = { created_at: NEXT_GENERATION };

  test('waits until that is done, and does not take its account over', async () => {
    const { tell, remindAt, remote, link, clock } = await linked();
    remote.faults.remove = failing(new RetryableError('remote-unavailable'));
    await tell(ASK);
    clock.now += MINUTE;
    expect(await tell('user.registered', signUp)).toMatchObject({ kind: 'retry', code: 'erasing' });
    expect(await tell('user.blocked', signUp)).toMatchObject({ kind: 'retry', code: 'erasing' });
    remote.faults.remove = undefined;
    await tell(ASK);
    expect(await tell('user.registered', signUp)).toEqual({
      kind: 'retry',
      code: 'erasing',
      afterMs: 5 * MINUTE,
    });
    await remindAt(20 * MINUTE);
    expect(await tell('user.registered', signUp)).toEqual(provisioned);
    expect(link()).toMatchObject({ state: 'linked', accountId: 'acc-1' });
  });

  test('waits as long as a system may be down, and then where an operator sees it', async () => {
    const { tell, run, remote, clock } = await linked();
    remote.faults.remove = failing(new RejectedError('remote-rejected'));
    await tell(ASK);
    const event = anEvent({ user: signUp });
    clock.now += DAY - 1;
    expect(await run({ event })).toMatchObject({ kind: 'retry', afterMs: 15 * MINUTE });
    clock.now += 1;
    expect(await run({ event })).toEqual({ kind: 'rejected', code: 'retries-exhausted', detail: 'erasing' });
  });

  test('is not touched by the request of before, however late it is redriven', async () => {
    const { tell, run, remote, clock } = await gone();
    clock.now += 3 * HOUR;
    await tell('user.registered', signUp);
    expect(await tell(ASK)).toEqual({ kind: 'skipped', code: 'stale' });
    const event = anEvent({ type: ASK });
    const { created_at: _, ...user } = event.data.user;
    const without = { ...event, data: { ...event.data, user } } as typeof event;
    expect(await run({ event: without })).toEqual({ kind: 'skipped', code: 'stale' });
    expect(await run({ event: without, acceptedAt: clock.now })).toEqual(provisioned);
    expect(remote.stored).toEqual([]);
  });
});

test('the row stays below one write unit all the way', async () => {
  const { tell, remindAt, table } = await linked({ accountRefOf: async (id) => id.padEnd(43, 'x') });
  const userId = `samlp|${'x'.repeat(120)}@example.com`;
  await tell('user.registered', { user_id: userId });
  await tell(ASK, { user_id: userId });
  await remindAt(MINUTE, userId);
  for (const row of table.written) expect(JSON.stringify(row).length).toBeLessThan(1024);
});
