import { RejectedError, RetryableError } from '../../../../lambdas/connectors/connector';
import type { Gate } from '../../../../lambdas/connectors/gate/gate';
import { timingsOf } from '../../../../lib/configuration/timings';
import { NOW } from '../../../helpers/events';
import { OPEN_GATE } from '../../../helpers/gate';
import { aLink } from '../../../helpers/links';
import { failing, HOUR, MINUTE, SECOND } from '../helpers/a-worker';
import { aWorkerOfInstances, RULE } from '../helpers/a-worker-of-instances';

const ASK = 'user.erase-requested';
const OURS = 'acme/dev/auth0|1';
const provisioned = { kind: 'provisioned' };

/** A breaker that opens and closes as told. */
function aBreaker() {
  const breaker = { isOpen: true };
  const refused = { admitted: false, code: 'breaker-open', forMs: MINUTE } as const;
  const gate: Gate = { admit: async (userRef) => (breaker.isOpen ? refused : OPEN_GATE.admit(userRef)) };
  return { breaker, gate };
}

/** Nine instances, each with a name as long as one may be. */
const NINE = [...'abcdefghi'].map((letter) => letter.padEnd(16, 'x'));
const aWorkerOfNine = (settings: Parameters<typeof aWorkerOfInstances>[0] = {}) =>
  aWorkerOfInstances({
    rule: { countries: Object.fromEntries(NINE.map((name) => [name, [name]])) },
    ...settings,
  });

describe('an erasure in a system of several instances', () => {
  test('removes the account wherever it is, and looks into every instance twice', async () => {
    const { tell, remindAt, of, link, accounts } = aWorkerOfInstances();
    of('us').add(OURS);
    expect(await tell(ASK)).toEqual(provisioned);
    expect(accounts()).toEqual([0, 0]);
    expect(of('eu').calls).toEqual(['find', 'find']);
    expect(link()).toMatchObject({
      next: 'verify',
      erasure: { everywhere: true, accounts: ['account:us/acc-0'] },
    });
    of('eu').calls.length = 0;
    of('us').calls.length = 0;
    expect(await remindAt(HOUR)).toEqual(provisioned);
    expect(of('eu').calls).toEqual(['find', 'find']);
    expect(of('us').calls).toContain('find');
    expect(link()).toMatchObject({
      state: 'deprovisioned',
      erasure: { everywhere: true, verifiedBy: 'request-1' },
    });
  });

  test('removes what another instance has beside the one that the link knows', async () => {
    const { tell, of, link, accounts } = aWorkerOfInstances();
    await tell('user.registered', { country: 'de' });
    of('us').add(OURS);
    expect(await tell(ASK)).toEqual(provisioned);
    expect(accounts()).toEqual([0, 0]);
    expect(link()).toMatchObject({ instance: 'eu', accountId: 'acc-0' });
    expect(link().erasure?.accounts.toSorted()).toEqual(['account:eu/acc-0', 'account:us/acc-0']);
  });

  test('asks the instance of the accounts from before for the id that the link knows', async () => {
    const { tell, of, put, link } = aWorkerOfInstances({ rule: { ...RULE, existing: 'eu' } });
    of('eu').add(OURS);
    put(aLink({ state: 'linked', accountId: 'acc-0', ownership: 'created' }));
    expect(await tell(ASK)).toEqual(provisioned);
    expect(of('eu').calls).toEqual(['read', 'remove', 'read', 'find']);
    expect(link()).toMatchObject({ instance: 'eu' });
  });

  test('waits for a quarter of an hour before it looks into all of them again, where a create had no answer', async () => {
    const { tell, remindAt, of, put, clock } = aWorkerOfInstances();
    put(aLink({ creation: 'unknown', instance: 'eu' }));
    of('us').faults.find = failing(new RetryableError('remote-unavailable'));
    await tell(ASK);
    of('us').faults.find = undefined;
    clock.now = NOW + MINUTE;
    expect(await tell(ASK)).toEqual(provisioned);
    expect(await remindAt(16 * MINUTE - 1)).toEqual({ kind: 'skipped', code: 'not-due' });
    of('eu').add(OURS);
    expect(await remindAt(16 * MINUTE)).toEqual(provisioned);
    expect(of('eu').accounts()).toEqual([]);
    expect(await remindAt(31 * MINUTE)).toEqual(provisioned);
  });

  test.each([
    ['of whom nothing is known', undefined],
    // The most calls: another account than the one that the link knows.
    ['whose account is another one than the link knows', { accountId: 'acc-9', ownership: 'created' }],
  ] as const)(
    'has the time of one account, however slow all of nine are, for somebody %s',
    async (_, known) => {
      jest.useFakeTimers();
      try {
        const { tell, of, put } = aWorkerOfNine();
        const slow = () => new Promise((answer) => setTimeout(answer, 5 * SECOND));
        for (const name of NINE) {
          of(name).add(OURS);
          Object.assign(of(name).faults, { read: slow, find: slow, remove: slow });
        }
        if (known !== undefined) put(aLink({ state: 'linked', instance: NINE[0] as string, ...known }));
        const { functionTimeoutSeconds } = timingsOf({
          retry: { baseSeconds: 1, capSeconds: 900, horizonHours: 24, minAttempts: 5 },
          timeouts: { requestSeconds: 5, settleSeconds: 15 },
          concurrency: { maxConcurrency: 5, batchSize: 10 },
        });
        let outcome: unknown;
        void tell(ASK).then((ended) => {
          outcome = ended;
        });
        await jest.advanceTimersByTimeAsync(functionTimeoutSeconds * SECOND);
        expect(outcome).toEqual(provisioned);
      } finally {
        jest.useRealTimers();
      }
    },
  );
});

describe('an erasure of which one instance fails', () => {
  test('is not over before the last instance answered, and looks into that alone', async () => {
    const { tell, remindAt, of, link, accounts, clock } = aWorkerOfInstances();
    of('eu').add(OURS);
    of('us').add(OURS);
    of('us').faults.find = failing(new RetryableError('remote-unavailable'));
    expect(await tell(ASK)).toMatchObject({ kind: 'retry', code: 'remote-unavailable' });
    expect(accounts()).toEqual([0, 1]);
    expect(link()).toMatchObject({
      ...{ state: 'deprovisioning', next: 'erase' },
      erasure: { everywhere: true, left: ['us'], accounts: ['account:eu/acc-0'] },
    });
    of('us').faults.find = undefined;
    of('eu').calls.length = 0;
    clock.now = NOW + HOUR;
    expect(await tell(ASK)).toEqual(provisioned);
    expect(accounts()).toEqual([0, 0]);
    expect(of('eu').calls).toEqual([]);
    expect(link().erasure).not.toHaveProperty('left');
    // The second look begins with all of them again.
    expect(await remindAt(2 * HOUR)).toEqual(provisioned);
    expect(of('eu').calls).toContain('find');
    expect(link()).toMatchObject({ state: 'deprovisioned', erasure: { removedAt: NOW + HOUR } });
  });

  test('gets into the others while its breaker is open, and into it once that is closed', async () => {
    const { breaker, gate } = aBreaker();
    const { tell, of, link, accounts, clock } = aWorkerOfInstances({ gates: { eu: gate } });
    of('eu').add(OURS);
    of('us').add(OURS);
    expect(await tell(ASK)).toEqual({ kind: 'retry', code: 'breaker-open', afterMs: MINUTE });
    expect(accounts()).toEqual([1, 0]);
    expect(of('eu').calls).toEqual([]);
    expect(link()).toMatchObject({ ended: 'erased', next: 'erase', erasure: { left: ['eu'] } });
    // Only what is left is asked for: that is no attempt.
    clock.now = NOW + HOUR;
    const { attempts } = link();
    expect(await tell(ASK)).toMatchObject({ kind: 'retry', code: 'breaker-open' });
    expect(link()).toMatchObject({ attempts });
    expect(await tell('user.registered', { country: 'de' })).toEqual({ kind: 'skipped', code: 'erased' });
    breaker.isOpen = false;
    expect(await tell(ASK)).toEqual(provisioned);
    expect(accounts()).toEqual([0, 0]);
  });

  test('waits where none may be called, for the one that may be first', async () => {
    const gateFor = (forMs: number): Gate => ({
      admit: async () => ({ admitted: false, code: 'breaker-open', forMs }),
    });
    const { tell, link } = aWorkerOfInstances({ gates: { eu: gateFor(HOUR), us: gateFor(MINUTE) } });
    expect(await tell(ASK)).toMatchObject({ kind: 'retry', code: 'breaker-open', afterMs: MINUTE + 750 });
    expect(link()).toMatchObject({ ended: 'erased', next: 'erase', attempts: 0 });
  });

  test('gets through at the second look as well, one after the other', async () => {
    const { tell, remindAt, of, link } = aWorkerOfInstances();
    await tell(ASK);
    of('us').faults.find = failing(new RetryableError('remote-unavailable'));
    expect(await remindAt(HOUR)).toMatchObject({ kind: 'retry' });
    expect(link()).toMatchObject({ next: 'verify', erasure: { left: ['us'] } });
    of('us').faults.find = undefined;
    of('us').add(OURS);
    // What shows now makes this the first look, in all of them.
    expect(await remindAt(2 * HOUR)).toEqual(provisioned);
    expect(link()).toMatchObject({ next: 'verify', dueAt: NOW + 2 * HOUR + 15 * MINUTE });
    of('eu').calls.length = 0;
    expect(await remindAt(3 * HOUR)).toEqual(provisioned);
    expect(of('eu').calls).toContain('find');
    expect(link()).toMatchObject({ state: 'deprovisioned' });
    expect(link().erasure).toMatchObject({ accounts: ['account:us/acc-0'] });
    expect(link().erasure).not.toHaveProperty('left');
  });

  test('comes back for what the clock mends, and is held only for what somebody has to decide', async () => {
    const { tell, of, link, clock } = aWorkerOfInstances();
    of('eu').add(OURS);
    of('eu').add(OURS);
    of('us').faults.find = failing(new RetryableError('remote-unavailable'));
    expect(await tell(ASK)).toMatchObject({ kind: 'retry', code: 'remote-unavailable' });
    of('us').faults.find = undefined;
    clock.now = NOW + HOUR;
    expect(await tell(ASK)).toEqual({ kind: 'skipped', code: 'ambiguous' });
    expect(link()).toMatchObject({ state: 'held', erasure: { left: ['eu'] } });
    of('eu').stored.length = 0;
    expect(await tell(ASK)).toEqual(provisioned);
  });

  test('does not come back for one that refuses for good', async () => {
    const { tell, of, link, accounts } = aWorkerOfInstances();
    of('eu').add(OURS);
    of('us').add(OURS);
    of('eu').faults.remove = failing(new RejectedError('remote-rejected', '405'));
    expect(await tell(ASK)).toEqual({ kind: 'rejected', code: 'remote-rejected', detail: '405' });
    expect(accounts()).toEqual([1, 0]);
    expect(link()).toMatchObject({ state: 'rejected', erasure: { left: ['eu'] } });
  });

  test('looks into what there is when the configuration does not have what was left any more', async () => {
    const { breaker, gate } = aBreaker();
    const { tell, table } = aWorkerOfInstances({ gates: { eu: gate } });
    await tell(ASK);
    breaker.isOpen = false;
    const after = aWorkerOfInstances({ rule: { countries: { us: ['us'] } }, links: table.links });
    expect(await after.tell(ASK)).toEqual(provisioned);
    expect(after.of('us').calls).toEqual(['find', 'find']);
  });
});

describe('the names of the accounts that went', () => {
  test('are those of all instances, whatever failed in between', async () => {
    const { tell, of, link, clock } = aWorkerOfInstances();
    of('eu').add(OURS);
    of('us').add(OURS);
    of('us').after.remove = failing(new RetryableError('remote-timeout'));
    expect(await tell(ASK)).toMatchObject({ kind: 'retry', code: 'remote-timeout' });
    of('us').after.remove = undefined;
    clock.now = NOW + HOUR;
    expect(await tell(ASK)).toEqual(provisioned);
    expect(link().erasure?.accounts.toSorted()).toEqual(['account:eu/acc-0', 'account:us/acc-0']);
  });

  test('are written before anything is removed, though the worker dies right after', async () => {
    const { tell, of, link, table, clock } = aWorkerOfNine();
    for (const name of NINE) {
      of(name).add(OURS);
      of(name).after.remove = async () => {
        table.state.failing = NINE.every((one) => of(one).accounts().length === 0);
      };
    }
    expect(await tell(ASK)).toMatchObject({ kind: 'retry', code: 'store-unavailable' });
    table.state.failing = false;
    clock.now = NOW + HOUR;
    expect(await tell(ASK)).toEqual(provisioned);
    expect(link().erasure?.accounts.toSorted()).toEqual(NINE.map((name) => `account:${name}/acc-0`));
  });

  test('have that of an account which took the place of the known one', async () => {
    const { tell, of, put, link, clock } = aWorkerOfInstances();
    put(aLink({ state: 'linked', accountId: 'acc-9', ownership: 'created', instance: 'eu' }));
    of('eu').add(OURS);
    of('eu').after.remove = failing(new RetryableError('remote-timeout'));
    await tell(ASK);
    of('eu').after.remove = undefined;
    clock.now = NOW + HOUR;
    expect(await tell(ASK)).toEqual(provisioned);
    expect(link().erasure?.accounts).toEqual(['account:eu/acc-9', 'account:eu/acc-0']);
  });

  test('are written by nobody whose lease is lost, and nothing is removed', async () => {
    const { tell, of, table, put, link, accounts } = aWorkerOfInstances();
    of('eu').add(OURS);
    of('us').add(OURS);
    of('eu').after.find = async () => put({ ...link(), lease: { token: 'another', until: NOW + HOUR } });
    of('us').after.find = of('eu').after.find;
    expect(await tell(ASK)).toMatchObject({ kind: 'retry', code: 'lease-lost' });
    expect(accounts()).toEqual([1, 1]);
    expect(table.rows.size).toBe(1);
  });
});

describe('the row of an erasure in nine instances', () => {
  const user_id = `samlp|${'x'.repeat(120)}@example.com`;
  const longest = { identify: async () => ({ userRef: 'r'.repeat(43), externalId: OURS }) };
  const leaving = async (count: number) => {
    const worker = aWorkerOfNine({
      ...longest,
      accountRefOf: async (_, instance) => `${instance}`.padEnd(43, 'x'),
    });
    for (const name of NINE.slice(0, 3)) worker.of(name).add(OURS);
    const failed = NINE.slice(0, count).map((name) => worker.of(name));
    for (const { after } of failed) after.find = failing(new RetryableError('remote-unavailable'));
    expect(await worker.tell(ASK, { user_id })).toMatchObject({ kind: 'retry' });
    expect(JSON.stringify(worker.table.written.at(-1)).length).toBeLessThan(1024);
    return { ...worker, left: worker.table.only().erasure?.left };
  };

  test('stays below one write unit while it says which are left', async () => {
    expect((await leaving(4)).left).toEqual(NINE.slice(0, 4));
  });

  test('says nothing of more than four, so that all are looked into again', async () => {
    const { left, of, tell, clock } = await leaving(5);
    expect(left).toBeUndefined();
    clock.now = NOW + HOUR;
    await tell(ASK, { user_id });
    expect(of(NINE[8] as string).calls).toEqual(['find', 'find', 'find', 'find']);
  });

  test('has the names of all accounts, should there be one in each', async () => {
    const { tell, of, table } = aWorkerOfNine();
    for (const name of NINE) of(name).add(OURS);
    await tell(ASK);
    expect(table.only().erasure?.accounts).toHaveLength(9);
  });
});
