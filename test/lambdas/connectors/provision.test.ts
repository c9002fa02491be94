import { OutcomeUnknownError, RejectedError, RetryableError } from '../../../lambdas/connectors/connector';
import { MAX_CRASHES } from '../../../lambdas/user-links/decide';
import { anAcceptedEvent, anEvent, NOW } from '../../helpers/events';
import { aLink } from '../../helpers/links';
import { aWorker, failing, HOUR, LEASE, MINUTE, SECOND, SETTLE } from './helpers/a-worker';

const never = (): Promise<never> => new Promise(() => {});

describe('a registration', () => {
  test('becomes an account and a link that names it', async () => {
    const { run, table, remote } = aWorker();
    expect(await run()).toEqual({ kind: 'provisioned' });
    expect(remote.accounts()).toEqual(['acme/dev/auth0|1']);
    expect(table.only()).toMatchObject({
      state: 'linked',
      accountId: 'acc-0',
      ownership: 'created',
      acceptedAt: NOW,
    });
    expect(table.only().lease).toBeUndefined();
  });

  test('costs one read and two writes of the table, and one look-up', async () => {
    const { run, table, remote } = aWorker();
    await run();
    expect(table.state).toMatchObject({ reads: 1, writes: 2 });
    expect(remote.calls).toEqual(['find', 'create']);
  });

  test('told twice makes one account, and the second time costs no write', async () => {
    const { run, table, remote } = aWorker();
    await run();
    expect(await run()).toEqual({ kind: 'skipped', code: 'unchanged' });
    expect(remote.accounts()).toHaveLength(1);
    expect(table.state.writes).toBe(2);
  });

  test('told twice at once makes one account', async () => {
    const { run, remote } = aWorker();
    const outcomes = await Promise.all([run(), run()]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['provisioned', 'retry']);
    expect(remote.accounts()).toHaveLength(1);
  });

  test('meant for another system is left to it', async () => {
    const { run, table } = aWorker();
    expect(await run({ event: anEvent({ system: 'video' }) })).toEqual({
      kind: 'skipped',
      code: 'other-system',
    });
    expect(table.state.reads).toBe(0);
  });

  test('names the user in logs by userRef only', async () => {
    const { provision } = aWorker();
    expect(await provision(anAcceptedEvent())).toMatchObject({ userRef: 'ref:auth0|1' });
  });
});

describe('an account that is there already', () => {
  test('is adopted when its externalId is ours', async () => {
    const { run, table, remote } = aWorker();
    remote.add('acme/dev/auth0|1');
    expect(await run()).toEqual({ kind: 'provisioned' });
    expect(table.only()).toMatchObject({ state: 'linked', accountId: 'acc-0', ownership: 'adopted' });
    expect(remote.stored).toHaveLength(1);
  });

  test('is not adopted for an unsigned event', async () => {
    const { run, table, remote } = aWorker();
    remote.add('acme/dev/auth0|1');
    expect(await run({ unsigned: true })).toEqual({ kind: 'skipped', code: 'conflict' });
    expect(table.only()).toMatchObject({ state: 'held', code: 'conflict' });
  });

  test('twice holds the link for an operator', async () => {
    const { run, table, remote } = aWorker();
    remote.add('acme/dev/auth0|1');
    remote.add('acme/dev/auth0|1');
    expect(await run()).toEqual({ kind: 'skipped', code: 'ambiguous' });
    expect(table.only()).toMatchObject({ state: 'held', code: 'ambiguous' });
    expect(await run()).toEqual({ kind: 'skipped', code: 'held' });
  });

  test('under our user name but not ours holds the link after looking again', async () => {
    const { table, remote, provision, ...rest } = aWorker();
    remote.connector.create = async () => ({ kind: 'exists' });
    expect(await rest.run()).toEqual({ kind: 'skipped', code: 'conflict' });
    expect(remote.calls).toEqual(['find', 'find']);
    expect(table.only()).toMatchObject({ state: 'held', code: 'conflict' });
  });

  test('and appears between look-up and create is found by looking again', async () => {
    const { run, table, remote } = aWorker();
    remote.connector.create = async () => {
      remote.add('acme/dev/auth0|1');
      return { kind: 'exists' };
    };
    expect(await run()).toEqual({ kind: 'provisioned' });
    expect(table.only().accountId).toBe('acc-0');
  });
});

describe('a system that fails', () => {
  test('brings the message back later, and the link says why', async () => {
    const { run, table, remote } = aWorker();
    remote.faults.find = failing(new RetryableError('remote-unavailable'));
    expect(await run()).toEqual({ kind: 'retry', code: 'remote-unavailable', afterMs: 500 });
    expect(table.only()).toMatchObject({ state: 'pending', code: 'remote-unavailable', attempts: 1 });
    expect(table.only().lease).toBeUndefined();
  });

  test('is never taken for "not found"', async () => {
    const { run, remote } = aWorker();
    remote.faults.find = failing(new RetryableError('remote-timeout'));
    await run();
    expect(remote.calls).toEqual(['find']);
  });

  test('is asked again with growing distance, and links once it is back', async () => {
    const { run, table, remote } = aWorker();
    remote.faults.find = failing(new RetryableError('remote-unavailable'));
    const waits: unknown[] = [];
    for (let attempt = 1; attempt <= 4; attempt++) waits.push(await run());
    expect(waits).toMatchObject([{ afterMs: 500 }, { afterMs: 1000 }, { afterMs: 2000 }, { afterMs: 4000 }]);
    remote.faults.find = undefined;
    expect(await run()).toEqual({ kind: 'provisioned' });
    expect(table.only()).toMatchObject({ state: 'linked', attempts: 5 });
    expect(table.only().code).toBeUndefined();
  });

  test('decides itself how long to wait', async () => {
    const { run, remote } = aWorker();
    remote.faults.create = failing(new RetryableError('remote-throttled', 7 * SECOND));
    expect(await run()).toEqual({ kind: 'retry', code: 'remote-throttled', afterMs: 7 * SECOND });
  });

  test('after it made the account leaves one account, ours, found by looking', async () => {
    const { run, clock, table, remote } = aWorker();
    remote.after.create = failing(new RetryableError('remote-timeout'));
    expect(await run()).toEqual({ kind: 'retry', code: 'remote-timeout', afterMs: SETTLE });
    remote.after.create = undefined;
    clock.now += SETTLE;
    expect(await run()).toEqual({ kind: 'provisioned' });
    expect(remote.accounts()).toHaveLength(1);
    expect(table.only()).toMatchObject({ accountId: 'acc-0', ownership: 'created' });
  });

  test('and makes the account late is left alone by every event of the user until the create must have ended', async () => {
    const { run, clock, remote } = aWorker();
    remote.faults.create = failing(new RetryableError('remote-timeout'));
    await run();
    remote.faults.create = undefined;
    clock.now += 1 * SECOND;
    const other = { event: anEvent({ type: 'user.logged-in' }) };
    expect(await run(other)).toEqual({ kind: 'retry', code: 'settling', afterMs: SETTLE - SECOND });
    remote.add('acme/dev/auth0|1');
    clock.now += SETTLE;
    expect(await run(other)).toEqual({ kind: 'provisioned' });
    expect(remote.accounts()).toHaveLength(1);
  });

  test('says that it made the account, and not which, is never asked to make it again', async () => {
    const { run, clock, table, remote } = aWorker();
    let posts = 0;
    remote.connector.create = async () => {
      posts += 1;
      return { kind: 'created-unnamed' };
    };
    expect(await run()).toMatchObject({ kind: 'retry', code: 'remote-invalid-answer' });
    for (let attempt = 2; attempt <= 20; attempt++) {
      clock.now += HOUR;
      await run();
    }
    expect(posts).toBe(1);
    remote.add('acme/dev/auth0|1');
    clock.now += HOUR;
    expect(await run()).toEqual({ kind: 'provisioned' });
    expect(table.only()).toMatchObject({ ownership: 'created', accountId: 'acc-0' });
    expect(table.only().creation).toBeUndefined();
  });

  test('after it made the account and then to answer a look-up leaves an account that is known to be ours', async () => {
    const { run, clock, table, remote } = aWorker();
    remote.after.create = failing(new RetryableError('remote-timeout'));
    await run();
    remote.after.create = undefined;
    clock.now += SETTLE;
    remote.faults.find = failing(new RetryableError('remote-throttled'));
    expect(await run()).toMatchObject({ kind: 'retry', code: 'remote-throttled' });
    expect(table.only().creation).toBe('unknown');
    remote.faults.find = undefined;
    clock.now += MINUTE;
    expect(await run()).toEqual({ kind: 'provisioned' });
    expect(table.only()).toMatchObject({ ownership: 'created', accountId: 'acc-0' });
  });

  test('says that it made the account and shows it at once is believed', async () => {
    const { run, table, remote } = aWorker();
    remote.connector.create = async () => {
      remote.add('acme/dev/auth0|1');
      return { kind: 'created-unnamed' };
    };
    expect(await run()).toEqual({ kind: 'provisioned' });
    expect(table.only()).toMatchObject({ ownership: 'created', accountId: 'acc-0' });
  });

  test('by a failed look-up, then an account that is there: it is adopted and not called ours', async () => {
    const { run, table, remote } = aWorker();
    remote.faults.find = failing(new RetryableError('remote-unavailable'));
    await run();
    remote.faults.find = undefined;
    remote.add('acme/dev/auth0|1');
    expect(await run()).toEqual({ kind: 'provisioned' });
    expect(table.only().ownership).toBe('adopted');
  });

  test('by a failed look-up gives an unsigned event no second way to adopt', async () => {
    const { run, table, remote } = aWorker();
    remote.faults.find = failing(new RetryableError('remote-unavailable'));
    await run({ unsigned: true });
    remote.faults.find = undefined;
    remote.add('acme/dev/auth0|1');
    expect(await run({ unsigned: true })).toEqual({ kind: 'skipped', code: 'conflict' });
    expect(table.only().state).toBe('held');
  });

  test('long ago has used up nothing of the budget of a new event', async () => {
    const { run, put, remote } = aWorker();
    put(aLink({ attempts: 9, firstAttemptAt: NOW - 30 * 24 * HOUR, updatedAt: '2026-10-21T00:00:00.000Z' }));
    remote.faults.find = failing(new RetryableError('remote-unavailable'));
    expect(await run()).toMatchObject({ kind: 'retry', code: 'remote-unavailable' });
  });

  test('and asks for no pause at all gets our growing one nevertheless', async () => {
    const { run, remote } = aWorker();
    remote.faults.find = failing(new RetryableError('remote-unavailable', 0));
    const waits: unknown[] = [];
    for (let attempt = 1; attempt <= 3; attempt++) waits.push(await run());
    expect(waits).toMatchObject([{ afterMs: 500 }, { afterMs: 1000 }, { afterMs: 2000 }]);
  });

  test('and asks for a day gets what SQS can give, and is not asked at once', async () => {
    const { run, remote } = aWorker();
    remote.faults.find = failing(new RetryableError('remote-throttled', 24 * HOUR));
    expect(await run()).toMatchObject({ afterMs: 11 * HOUR });
  });

  test('by a defect of the connector waits as after an unknown outcome', async () => {
    const { run, remote } = aWorker();
    remote.faults.create = failing(new TypeError('x is undefined'));
    expect(await run()).toEqual({ kind: 'retry', code: 'internal-error', afterMs: SETTLE });
  });

  test('is given up only when the horizon is over and enough attempts were made', async () => {
    const { run, clock, table, remote } = aWorker();
    remote.faults.find = failing(new RetryableError('remote-unavailable'));
    for (let attempt = 1; attempt <= 12; attempt++) {
      expect(await run()).toMatchObject({ kind: 'retry' });
      clock.now += 2 * HOUR;
    }
    expect(await run()).toEqual({
      kind: 'rejected',
      code: 'retries-exhausted',
      detail: 'remote-unavailable',
    });
    expect(table.only()).toMatchObject({ state: 'failed', code: 'remote-unavailable' });
  });

  test('gets a new budget with the next event of the user', async () => {
    const { run, put, table } = aWorker();
    put(aLink({ state: 'failed', code: 'remote-unavailable', attempts: 99 }));
    expect(await run()).toEqual({ kind: 'provisioned' });
    expect(table.only()).toMatchObject({ state: 'linked', attempts: 1 });
  });

  test('by refusing the account for good ends the message', async () => {
    const { run, table, remote } = aWorker();
    remote.faults.create = failing(new RejectedError('remote-rejected', 'HTTP 400'));
    expect(await run()).toEqual({ kind: 'rejected', code: 'remote-rejected', detail: 'HTTP 400' });
    expect(table.only()).toMatchObject({ state: 'rejected', code: 'remote-rejected' });
  });

  test('an unknown outcome is a kind of retry', () => {
    expect(new OutcomeUnknownError('remote-timeout')).toBeInstanceOf(RetryableError);
  });
});

describe('a worker that dies', () => {
  async function crash() {
    const context = aWorker();
    context.remote.after.create = never;
    void context.run();
    await new Promise((resolve) => setImmediate(resolve));
    context.remote.after.create = undefined;
    return context;
  }

  test('keeps others away until its lease has run out', async () => {
    const { run } = await crash();
    expect(await run()).toEqual({ kind: 'retry', code: 'in-progress', afterMs: 20 * SECOND });
  });

  test('keeps others away until its last call must have ended', async () => {
    const { run, clock } = await crash();
    clock.now += LEASE + 5 * SECOND;
    expect(await run()).toEqual({ kind: 'retry', code: 'settling', afterMs: 10 * SECOND });
  });

  test('after creating leaves one account, which the next worker finds', async () => {
    const { run, clock, remote, table } = await crash();
    clock.now += LEASE + SETTLE;
    expect(await run()).toEqual({ kind: 'provisioned' });
    expect(remote.accounts()).toHaveLength(1);
    expect(table.only()).toMatchObject({ accountId: 'acc-0', ownership: 'created', crashes: 0 });
  });

  test('five times over one link ends in rejected(crashed)', async () => {
    const { run, put, table } = aWorker();
    put(aLink({ crashes: MAX_CRASHES - 1, lease: { token: 'dead', until: NOW - SETTLE } }));
    expect(await run()).toEqual({ kind: 'rejected', code: 'crashed' });
    expect(table.only()).toMatchObject({ state: 'rejected', code: 'crashed' });
    expect(table.only().lease).toBeUndefined();
  });

  test('and comes back to life too late cannot overwrite what its successor wrote', async () => {
    const { table, remote, clock, provision } = aWorker();
    let wake: () => void = () => {};
    remote.faults.find = () =>
      new Promise<never>((resolve) => {
        wake = resolve as () => void;
      });
    const slow = provision(anAcceptedEvent());
    await new Promise((resolve) => setImmediate(resolve));
    remote.faults.find = undefined;
    clock.now += LEASE + SETTLE;
    await provision(anAcceptedEvent());
    const successor = table.only();
    wake();
    expect((await slow).outcome).toMatchObject({ kind: 'retry', code: 'lease-lost' });
    expect(table.only()).toEqual(successor);
  });
});

describe('a user who was deleted', () => {
  const tombstone = (fields = {}) =>
    aLink({ state: 'deprovisioned', generation: '2026-11-20T09:59:59.000Z', revision: 7, ...fields });

  test('does not return with a late event of the same life', async () => {
    const { run, put, remote } = aWorker();
    put(tombstone());
    expect(await run()).toEqual({ kind: 'skipped', code: 'deleted' });
    expect(remote.calls).toEqual([]);
  });

  test('nor with an event that does not say which life it belongs to', async () => {
    const { run, put } = aWorker();
    put(tombstone({ code: 'erased' }));
    const event = anEvent();
    const { created_at: _gone, ...user } = event.data.user;
    expect(await run({ event: { ...event, data: { user } } as typeof event })).toEqual({
      kind: 'skipped',
      code: 'erased',
    });
  });

  test('nor by an unsigned event that claims a newer life', async () => {
    const { run, put } = aWorker();
    put(tombstone());
    const event = anEvent({ user: { created_at: '2026-12-01T00:00:00.000Z' } });
    expect(await run({ event, unsigned: true })).toEqual({ kind: 'skipped', code: 'deleted' });
  });

  test('and has begun again is not made older by a late event of the first life', async () => {
    const { run, put, table } = aWorker();
    put(aLink({ state: 'failed', generation: '2026-11-20T09:59:59.000Z' }));
    const event = anEvent({ user: { created_at: '2025-01-01T00:00:00.000Z' } });
    await run({ event });
    expect(table.only().generation).toBe('2026-11-20T09:59:59.000Z');
  });

  test('starts a new life by signing up again', async () => {
    const { run, put, table } = aWorker();
    put(tombstone());
    const event = anEvent({ user: { created_at: '2026-11-20T10:00:00.000Z' } });
    expect(await run({ event })).toEqual({ kind: 'provisioned' });
    expect(table.only()).toMatchObject({ state: 'linked', generation: '2026-11-20T10:00:00.000Z' });
  });
});

describe('what this version does not do', () => {
  test.each(['account.linked'] as const)('%s is parked, not swallowed', async (type) => {
    const { run } = aWorker();
    expect(await run({ event: anEvent({ type }) })).toEqual({ kind: 'rejected', code: 'unsupported-type' });
  });
});

test('a table that is away brings the message back and calls no system', async () => {
  const { run, table, remote } = aWorker();
  table.state.failing = true;
  expect(await run()).toMatchObject({ kind: 'retry', code: 'store-unavailable' });
  expect(remote.calls).toEqual([]);
});
