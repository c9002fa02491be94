import type { UserEvent } from '../../../../events/event-schema';
import { OutcomeUnknownError } from '../../../../lambdas/connectors/connector';
import type { Handover } from '../../../../lambdas/connectors/hand-over/handover';
import { anEvent, NOW } from '../../../helpers/events';
import { aLink } from '../../../helpers/links';
import { aWorker, DAY, GRACE, HOUR, LEASE, LEAVE_AFTER, SECOND, SETTLE } from '../helpers/a-worker';

const GENERATION = '2026-11-20T09:59:59.000Z';
const WITHIN = 24 * HOUR;

/** A worker whose system says which accounts it made. */
function aWorkerWithSignOff(settings: Parameters<typeof aWorker>[0] = {}) {
  const failure: { current?: Error | undefined } = {};
  const wanted: string[] = [];
  const connector: Handover = {
    deliver: async (order) => {
      wanted.push(order.wanted);
      if (failure.current !== undefined) throw failure.current;
    },
  };
  const worker = aWorker({ connector, signOffMs: WITHIN, ...settings });
  /** The system's word for it, `after` milliseconds from the registration. */
  const signOff = (accountId = 'acc-1', after = 0, user: Partial<UserEvent['data']['user']> = {}) => {
    const event = anEvent({ type: 'account.linked', system: 'crm', accountId, user });
    return worker.run({ event: Object.assign(event, { time: new Date(NOW + after).toISOString() }) });
  };
  return { ...worker, failure, wanted, signOff };
}

async function handedOver(settings: Parameters<typeof aWorker>[0] = {}) {
  const worker = aWorkerWithSignOff(settings);
  await worker.tell('user.registered');
  return worker;
}

test('a link waits for the sign-off, and has the account id after it, in one write more', async () => {
  const { signOff, link, table } = await handedOver();
  expect(link()).toMatchObject({ state: 'handed-over', dueAt: NOW + WITHIN, remindAt: NOW + WITHIN });
  Object.assign(table.state, { reads: 0, writes: 0 });
  expect(await signOff('acc-1', SECOND)).toEqual({ kind: 'provisioned' });
  expect(table.state).toMatchObject({ reads: 1, writes: 1 });
  expect(link()).toMatchObject({ state: 'linked', accountId: 'acc-1', ownership: 'created' });
  for (const field of ['dueAt', 'due', 'remindAt', 'creation', 'code'] as const) {
    expect([field, link()[field]]).toEqual([field, undefined]);
  }
});

test('the same sign-off once more changes nothing, and what was told is still known', async () => {
  const { signOff, tell, table, wanted } = await handedOver();
  await signOff();
  table.state.writes = 0;
  expect(await signOff()).toEqual({ kind: 'skipped', code: 'already-linked' });
  expect(await tell('user.created')).toEqual({ kind: 'skipped', code: 'unchanged' });
  expect([table.state.writes, wanted]).toEqual([0, ['present']]);
});

test('a later word about another account counts, and an earlier one that comes late does not', async () => {
  const { signOff, link } = await handedOver();
  await signOff('acc-2', 2 * SECOND);
  expect(await signOff('acc-1', SECOND)).toEqual({ kind: 'skipped', code: 'stale' });
  expect(link().accountId).toBe('acc-2');
  expect(await signOff('acc-3', 3 * SECOND)).toEqual({ kind: 'provisioned' });
  expect(link().accountId).toBe('acc-3');
});

test('what is handed over later carries the account id, and leaves the link linked', async () => {
  const { signOff, tell, link } = await handedOver();
  await signOff();
  expect(await tell('user.updated', { email: 'new@example.com' }, SECOND)).toEqual({ kind: 'provisioned' });
  expect(link()).toMatchObject({ state: 'linked', accountId: 'acc-1' });
  expect(link().due).toBeUndefined();
});

describe('a system that says nothing', () => {
  test('is noticed when its time is over, and not before', async () => {
    const { remindAt, link } = await handedOver();
    expect(await remindAt(WITHIN - 1)).toEqual({ kind: 'skipped', code: 'not-due' });
    expect(await remindAt(WITHIN)).toEqual({ kind: 'rejected', code: 'sign-off-missing' });
    expect(link()).toMatchObject({ state: 'failed', code: 'sign-off-missing', unsettled: 'crm#2' });
    expect(link().due).toBeUndefined();
    expect(await remindAt(WITHIN + DAY)).toEqual({ kind: 'skipped', code: 'not-due' });
  });

  test('is not given more time by changes of the profile', async () => {
    const { tell, link, clock } = await handedOver();
    clock.now += 12 * HOUR;
    await tell('user.updated', { email: 'new@example.com' }, 12 * HOUR);
    expect(link()).toMatchObject({ state: 'handed-over', dueAt: NOW + WITHIN });
  });

  test('may still say it later', async () => {
    const { remindAt, signOff, link } = await handedOver();
    await remindAt(WITHIN);
    expect(await signOff('acc-1', WITHIN + HOUR)).toEqual({ kind: 'provisioned' });
    expect(link()).toMatchObject({ state: 'linked', accountId: 'acc-1' });
    expect([link().code, link().unsettled, link().verdict]).toEqual([undefined, undefined, undefined]);
  });

  test('is told again by the next event, and has its time again', async () => {
    const { remindAt, tell, link, wanted, clock } = await handedOver();
    await remindAt(WITHIN);
    expect(await tell('user.logged-in')).toEqual({ kind: 'provisioned' });
    expect(link()).toMatchObject({ state: 'handed-over', dueAt: clock.now + WITHIN });
    expect(wanted).toEqual(['present', 'present']);
  });

  test('and of whom nothing is expected stays handed over for good', async () => {
    const worker = aWorker({ connector: { deliver: async () => undefined } });
    await worker.tell('user.registered');
    expect(worker.link().due).toBeUndefined();
    expect(await worker.remindAt(DAY)).toEqual({ kind: 'skipped', code: 'not-due' });
    expect(worker.link().state).toBe('handed-over');
  });
});

describe('a system that is faster than we are', () => {
  test('waits until the worker that told it has written that down', async () => {
    const { put, signOff, link } = aWorkerWithSignOff();
    const lease = { token: 'theirs', until: NOW + LEASE };
    put(aLink({ generation: GENERATION, lease }));
    expect(await signOff()).toMatchObject({ kind: 'retry', code: 'in-progress' });
    expect(link().lease).toEqual(lease);
  });

  test('is believed after the worker died, which may have told it anything', async () => {
    const { put, signOff, link, clock } = aWorkerWithSignOff();
    put(aLink({ generation: GENERATION, applied: 'x', lease: { token: 'theirs', until: NOW } }));
    clock.now += SETTLE;
    expect(await signOff()).toEqual({ kind: 'provisioned' });
    expect(link()).toMatchObject({ state: 'linked', accountId: 'acc-1' });
    expect([link().lease, link().applied]).toEqual([undefined, undefined]);
  });

  test('is believed although its answer was lost, and is told again what was to be told', async () => {
    const { failure, tell, signOff, clock, link } = aWorkerWithSignOff();
    failure.current = new OutcomeUnknownError('remote-timeout');
    await tell('user.registered');
    clock.now += SETTLE;
    expect(await signOff()).toEqual({ kind: 'provisioned' });
    expect(link().state).toBe('linked');
    failure.current = undefined;
    expect(await tell('user.registered')).toEqual({ kind: 'provisioned' });
    expect(link()).toMatchObject({ state: 'linked', accountId: 'acc-1' });
  });

  test('loses nothing when two write at once', async () => {
    const worker = await handedOver();
    const { links } = worker.table;
    const busy = { ...links, claim: async () => false };
    const other = aWorkerWithSignOff({ links: busy });
    expect(await other.signOff()).toMatchObject({ kind: 'retry', code: 'in-progress' });
    expect(worker.link().state).toBe('handed-over');
  });
});

describe('nobody comes back by a sign-off', () => {
  test('who is blocked stays so, and the end of the block finds the account', async () => {
    const { tell, signOff, link } = await handedOver();
    await tell('user.blocked', {}, SECOND);
    expect(link().due).toBeUndefined();
    expect(await signOff()).toEqual({ kind: 'skipped', code: 'disabled' });
    expect(link()).toMatchObject({ state: 'disabled', accountId: 'acc-1' });
    await tell('user.unblocked', {}, 2 * SECOND);
    expect(link()).toMatchObject({ state: 'linked', accountId: 'acc-1' });
  });

  test('who is blocked, which the system could not be told, stays to be seen', async () => {
    const { signOff, link, put } = await handedOver();
    const { dueAt: _dueAt, due: _due, remindAt: _remindAt, ...row } = link();
    const failed = { state: 'failed', code: 'remote-timeout', blocked: true, unsettled: 'crm#0' } as const;
    put({ ...row, ...failed });
    expect(await signOff('acc-1', DAY)).toEqual({ kind: 'skipped', code: 'disabled' });
    expect(link()).toMatchObject({ ...failed, accountId: 'acc-1' });
  });

  test('who is leaving goes on leaving, and the account has its name', async () => {
    const { tell, signOff, link, remindAt } = await handedOver();
    await tell('user.deleted', {}, SECOND);
    const { dueAt } = link();
    expect(await signOff()).toEqual({ kind: 'skipped', code: 'deleting' });
    expect(link()).toMatchObject({ state: 'deprovisioning', accountId: 'acc-1', dueAt, next: 'disable' });
    await remindAt(LEAVE_AFTER);
    await remindAt(LEAVE_AFTER + GRACE);
    expect(link()).toMatchObject({ state: 'deprovisioned' });
    expect(await signOff('acc-1', DAY)).toEqual({ kind: 'skipped', code: 'deleted' });
    expect(link().accountId).toBeUndefined();
  });

  test('who left the scope of the system stays out of it', async () => {
    const { put, link, signOff } = await handedOver();
    const outside = {
      outside: true,
      state: 'deprovisioning',
      code: 'out-of-scope',
      next: 'disable',
    } as const;
    put({ ...link(), ...outside });
    expect(await signOff()).toEqual({ kind: 'skipped', code: 'out-of-scope' });
    expect(link()).toMatchObject({ ...outside, accountId: 'acc-1' });
  });

  test('who is erased is erased', async () => {
    const { run, signOff, link } = await handedOver();
    const event = anEvent({ type: 'user.erase-requested', user: { created_at: undefined } });
    await run({ event, acceptedAt: NOW + SECOND });
    const before = link();
    expect(await signOff()).toEqual({ kind: 'skipped', code: 'erased' });
    expect(link()).toEqual(before);
  });

  test('who is gone has an account after all: that is parked, and not forgotten', async () => {
    const { signOff, link, put } = await handedOver();
    put(aLink({ state: 'deprovisioned', ended: 'erased', code: 'erased', generation: GENERATION }));
    const { updatedAt } = link();
    const after = Date.parse(updatedAt) - NOW + SECOND;
    expect(await signOff('acc-1', after)).toMatchObject({ kind: 'rejected', code: 'sign-off-unexpected' });
    expect(await signOff('acc-1', after - 2 * SECOND)).toEqual({ kind: 'skipped', code: 'erased' });
  });

  test('an earlier life is not this one, and neither is one that is not told', async () => {
    const { signOff, link } = await handedOver();
    const unexpected = { kind: 'rejected', code: 'sign-off-unexpected', detail: 'data.user.created_at' };
    const cases = [
      ['2026-11-19T00:00:00.000Z', { kind: 'skipped', code: 'stale' }],
      ['2026-11-21T00:00:00.000Z', unexpected],
      [undefined, unexpected],
    ] as const;
    for (const [created_at, outcome] of cases) {
      expect(await signOff('acc-1', 0, { created_at })).toEqual(outcome);
    }
    expect(link()).toMatchObject({ state: 'handed-over', generation: GENERATION });
  });

  test('an account that nobody asked for is no account of ours', async () => {
    const { signOff, tell, table } = aWorkerWithSignOff();
    const unexpected = { kind: 'rejected', code: 'sign-off-unexpected', detail: 'data.user.user_id' };
    expect(await signOff()).toEqual(unexpected);
    expect(table.rows.size).toBe(0);
    await tell('user.blocked');
    expect(await signOff()).toEqual(unexpected);
  });
});

test('a system that is asked has nothing to sign off', async () => {
  const { run } = aWorker();
  const event = anEvent({ type: 'account.linked', system: 'crm', accountId: 'acc-1' });
  expect(await run({ event })).toEqual({ kind: 'rejected', code: 'unsupported-type' });
});
