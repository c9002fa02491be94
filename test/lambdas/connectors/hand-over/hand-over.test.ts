import { OutcomeUnknownError, RejectedError, RetryableError } from '../../../../lambdas/connectors/connector';
import { type Sample, sampleOf, UNCLEAR, WELL } from '../../../../lambdas/connectors/gate/sample-of';
import type { Handover, HandoverOrder } from '../../../../lambdas/connectors/hand-over/handover';
import { createScope } from '../../../../lambdas/connectors/intent/scope';
import { anEvent, NOW } from '../../../helpers/events';
import { aWorker, DAY, GRACE, HOUR, LEAVE_AFTER, MINUTE, SECOND, SETTLE } from '../helpers/a-worker';

type Settings = Parameters<typeof aWorker>[0];

/** A worker whose system is only told. */
function aTellingWorker(settings: Settings = {}) {
  const orders: HandoverOrder[] = [];
  const failure: { current?: Error | undefined } = {};
  const connector: Handover = {
    deliver: async (order) => {
      orders.push(order);
      if (failure.current !== undefined) throw failure.current;
    },
  };
  const worker = aWorker({ connector, ...settings });
  const erase = () => {
    const event = anEvent({ type: 'user.erase-requested', user: { created_at: undefined } });
    return worker.run({ event, acceptedAt: NOW + SECOND });
  };
  return { ...worker, erase, orders, failure, wanted: () => orders.map((order) => order.wanted) };
}

test('hands a new user over, in two writes', async () => {
  const { tell, orders, link, table } = aTellingWorker();
  expect(await tell('user.registered')).toEqual({ kind: 'provisioned' });
  expect(orders).toMatchObject([{ wanted: 'present', request: { externalId: 'acme/dev/auth0|1' } }]);
  expect(link()).toMatchObject({ state: 'handed-over', creation: 'unknown' });
  expect(link().accountId).toBeUndefined();
  expect(link().unsettled).toBeUndefined();
  expect(table.state.writes).toBe(2);
});

test('says how it stands with the system, as other kinds do', async () => {
  const told: Sample[] = [];
  const settle = async (sample: Sample) => void told.push(sample);
  const { tell, failure } = aTellingWorker({ gate: { admit: async () => ({ admitted: true, settle }) } });
  await tell('user.registered');
  failure.current = new RetryableError('remote-unavailable');
  await tell('user.updated', { email: 'new@example.com' }, SECOND);
  // The last word after each attempt is that of who knows nothing, and changes nothing.
  expect(told.filter((sample) => sample !== UNCLEAR)).toEqual([WELL, sampleOf(failure.current)]);
});

test('what was told already is not told again, and costs one read', async () => {
  const { tell, orders, table } = aTellingWorker();
  await tell('user.registered');
  Object.assign(table.state, { reads: 0, writes: 0 });
  expect(await tell('user.created')).toEqual({ kind: 'skipped', code: 'unchanged' });
  expect(table.state).toMatchObject({ reads: 1, writes: 0 });
  expect(orders).toHaveLength(1);
});

test('a change is handed over under an id and a sequence of its own', async () => {
  const { tell, orders } = aTellingWorker();
  await tell('user.registered');
  await tell('user.updated', { email: 'new@example.com' }, SECOND);
  expect(await tell('user.updated', { email: 'old@example.com' }, 500)).toEqual({
    kind: 'skipped',
    code: 'stale',
  });
  const [first, second, ...others] = orders as [HandoverOrder, HandoverOrder];
  expect(others).toEqual([]);
  expect(second.id).not.toBe(first.id);
  expect(second.sequence).toBeGreaterThan(first.sequence);
  expect(second.version).toBe((first.version ?? 0) + SECOND);
});

test('the same is told again under the same id, as nobody knows whether it arrived', async () => {
  const { tell, orders, failure, link, clock } = aTellingWorker();
  failure.current = new RetryableError('remote-timeout');
  expect(await tell('user.registered')).toMatchObject({ kind: 'retry', code: 'remote-timeout' });
  expect(link()).toMatchObject({ state: 'pending', code: 'remote-timeout', creation: 'unknown' });
  // Another event of the user waits for the call that may be under way.
  expect(await tell('user.created')).toMatchObject({ kind: 'retry', code: 'settling' });
  clock.now += SETTLE;
  failure.current = undefined;
  expect(await tell('user.registered')).toEqual({ kind: 'provisioned' });
  expect(new Set(orders.map(({ id }) => id)).size).toBe(1);
  expect(link().state).toBe('handed-over');
});

test('a target that we do not call was certainly told nothing', async () => {
  const { tell, failure, link } = aTellingWorker();
  failure.current = new RetryableError('target-refused');
  expect(await tell('user.registered')).toMatchObject({ kind: 'retry', code: 'target-refused' });
  expect([link().creation, link().notBefore]).toEqual([undefined, undefined]);
});

test('a target that stays refused is given up with the budget', async () => {
  const { tell, failure, link, clock } = aTellingWorker();
  failure.current = new RetryableError('target-refused');
  for (let attempt = 0; attempt < 4; attempt += 1) {
    await tell('user.registered');
    clock.now += 6 * HOUR;
  }
  expect(await tell('user.registered')).toEqual({
    kind: 'rejected',
    code: 'retries-exhausted',
    detail: 'target-refused',
  });
  expect(link()).toMatchObject({ state: 'failed', code: 'target-refused' });
});

test('a system that refuses a user is not asked again', async () => {
  const { tell, failure, link } = aTellingWorker();
  failure.current = new RejectedError('remote-rejected', 'HTTP 422');
  expect(await tell('user.registered')).toMatchObject({ kind: 'rejected', code: 'remote-rejected' });
  expect(link().state).toBe('rejected');
});

describe('a user who is blocked', () => {
  test('is handed over as such, and as not so any more', async () => {
    const { tell, wanted, link } = aTellingWorker();
    await tell('user.registered');
    expect(await tell('user.blocked', {}, SECOND)).toEqual({ kind: 'provisioned' });
    expect(link()).toMatchObject({ state: 'disabled', creation: 'unknown', blocked: true });
    expect(await tell('user.registered', {}, SECOND)).toEqual({ kind: 'skipped', code: 'disabled' });
    expect(await tell('user.unblocked', {}, 2 * SECOND)).toEqual({ kind: 'provisioned' });
    expect(link()).toMatchObject({ state: 'handed-over', blocked: false });
    expect(wanted()).toEqual(['present', 'disabled', 'enabled']);
  });

  test('is told of also when nobody knows whether the system heard of the user at all', async () => {
    const { tell, wanted, failure, clock } = aTellingWorker();
    failure.current = new OutcomeUnknownError('remote-timeout');
    await tell('user.registered');
    failure.current = undefined;
    clock.now += MINUTE;
    expect(await tell('user.blocked', {}, SECOND)).toEqual({ kind: 'provisioned' });
    expect(wanted()).toEqual(['present', 'disabled']);
  });

  test('before there was anything to tell is told of when the block ends, and not before', async () => {
    const { tell, wanted } = aTellingWorker();
    expect(await tell('user.blocked')).toEqual({ kind: 'skipped', code: 'disabled' });
    expect(wanted()).toEqual([]);
    await tell('user.unblocked', {}, SECOND);
    expect(wanted()).toEqual(['enabled']);
  });
});

describe('a user who was deleted', () => {
  async function deleted(settings: Settings = {}) {
    const worker = aTellingWorker(settings);
    await worker.tell('user.registered');
    expect(await worker.tell('user.deleted', {}, SECOND)).toEqual({ kind: 'skipped', code: 'deleting' });
    return worker;
  }

  test('is handed over in steps: nothing, off, gone', async () => {
    const { wanted, remindAt, link } = await deleted();
    expect(wanted()).toEqual(['present']);
    expect(await remindAt(LEAVE_AFTER)).toEqual({ kind: 'provisioned' });
    expect(link()).toMatchObject({ state: 'deprovisioning', next: 'delete' });
    expect(await remindAt(LEAVE_AFTER + GRACE)).toEqual({ kind: 'provisioned' });
    expect(wanted()).toEqual(['present', 'disabled', 'absent']);
    expect(link()).toMatchObject({ state: 'deprovisioned', code: 'deleted' });
    expect(link().user_id).toBeUndefined();
  });

  test('after they left the scope and came back is told of under an id of its own', async () => {
    const { tell, orders, remindAt } = aTellingWorker({
      scope: createScope({ where: [{ of: 'plan', oneOf: ['gold'] }] }),
    });
    await tell('user.registered', { plan: 'gold' });
    await tell('user.updated', { plan: null }, SECOND);
    await remindAt(LEAVE_AFTER);
    await tell('user.updated', { plan: 'gold' }, LEAVE_AFTER + SECOND);
    await tell('user.deleted', { plan: 'gold' }, LEAVE_AFTER + 2 * SECOND);
    await remindAt(2 * LEAVE_AFTER + MINUTE);
    expect(orders.map(({ wanted }) => wanted)).toEqual(['present', 'disabled', 'enabled', 'disabled']);
    expect(new Set(orders.map(({ id }) => id)).size).toBe(4);
  });

  test('is told of under one id, however often the sweeper reminds', async () => {
    const { orders, failure, remindAt, clock } = await deleted();
    failure.current = new RetryableError('remote-timeout');
    await remindAt(LEAVE_AFTER);
    clock.now += DAY;
    failure.current = undefined;
    await remindAt(LEAVE_AFTER + DAY);
    const [, first, second] = orders as [HandoverOrder, HandoverOrder, HandoverOrder];
    expect(second.id).toBe(first.id);
    expect(second.version).toBeUndefined();
  });

  test('stays switched off where accounts are not to be deleted', async () => {
    const times = { afterMs: LEAVE_AFTER, graceMs: GRACE };
    const leave = { ending: 'disable', onLeaveScope: 'disable', ...times } as const;
    const { wanted, remindAt, link } = await deleted({ leave });
    await remindAt(LEAVE_AFTER);
    expect(link()).toMatchObject({ state: 'disabled', ended: 'deleted' });
    expect(link().due).toBeUndefined();
    expect(wanted()).toEqual(['present', 'disabled']);
  });

  test('has a new life with a message of its own, and a later sequence', async () => {
    const { tell, orders, remindAt, clock } = await deleted();
    await remindAt(LEAVE_AFTER);
    await remindAt(LEAVE_AFTER + GRACE);
    clock.now += DAY;
    const created_at = new Date(clock.now).toISOString();
    expect(await tell('user.registered', { created_at }, clock.now)).toEqual({ kind: 'provisioned' });
    const sequences = orders.map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.toSorted((one, other) => one - other));
    expect(new Set(orders.map(({ id }) => id)).size).toBe(orders.length);
    expect(orders.at(-1)).toMatchObject({ wanted: 'enabled', generation: created_at });
  });

  test('of whom the system never heard is told of to nobody', async () => {
    const { tell, wanted, link } = aTellingWorker();
    expect(await tell('user.deleted')).toEqual({ kind: 'skipped', code: 'deleted' });
    expect([wanted(), link().state]).toEqual([[], 'deprovisioned']);
  });
});

describe('a user who is erased', () => {
  test('is told of at once, and a second time under another id, in case something was held up', async () => {
    const { tell, erase, remindAt, orders, link, clock } = aTellingWorker();
    await tell('user.registered');
    clock.now += SECOND;
    expect(await erase()).toEqual({ kind: 'provisioned' });
    expect(link()).toMatchObject({ state: 'deprovisioning', code: 'erased', next: 'verify' });
    expect(await remindAt(HOUR)).toEqual({ kind: 'provisioned' });
    expect(orders.map(({ wanted }) => wanted)).toEqual(['present', 'erased', 'erased']);
    expect(new Set(orders.map(({ id }) => id)).size).toBe(3);
    expect(link()).toMatchObject({ state: 'deprovisioned', code: 'erased' });
    expect(link().user_id).toBeUndefined();
    expect(link().erasure).toMatchObject({ told: true, verifiedAt: expect.any(Number) });
  });

  test('is told of again as long as the system does not take it', async () => {
    const { tell, erase, failure, link, clock, orders } = aTellingWorker();
    await tell('user.registered');
    clock.now += SECOND;
    failure.current = new RetryableError('remote-unavailable');
    expect(await erase()).toMatchObject({ kind: 'retry', code: 'remote-unavailable' });
    failure.current = undefined;
    clock.now += MINUTE;
    expect(await erase()).toEqual({ kind: 'provisioned' });
    expect(orders[1]?.id).toBe(orders[2]?.id);
    expect(link().next).toBe('verify');
  });
});
