import { RetryableError } from '../../../../lambdas/connectors/connector';
import type { Gate } from '../../../../lambdas/connectors/gate/gate';
import { createScope } from '../../../../lambdas/connectors/intent/scope';
import { choosing, keeping } from '../../../../lambdas/user-links/choose';
import { released } from '../../../../lambdas/user-links/release';
import { anEvent, NOW } from '../../../helpers/events';
import { aLink } from '../../../helpers/links';
import { failing, HOUR, MINUTE, SECOND } from '../helpers/a-worker';
import { aWorkerOfInstances, RULE } from '../helpers/a-worker-of-instances';

const provisioned = { kind: 'provisioned' };
const rejected = (code: string, detail?: string) => ({
  ...{ kind: 'rejected', code },
  ...(detail === undefined ? {} : { detail }),
});
const SHUT: Gate = { admit: async () => ({ admitted: false, code: 'breaker-open', forMs: SECOND }) };
const ADOPTING = {
  adoption: {
    ...{ adopt: true, correlate: [{ attribute: 'email', from: 'email' }] },
    trustVerifiedEmailFrom: { strategies: ['auth0'], connections: [] },
  },
};
const CONNECTION = { name: 'db', strategy: 'auth0' };
const NEXT_GENERATION = '2026-11-20T12:00:00.000Z';

describe('an account in a system of several instances', () => {
  test('is made in the one of the country that was asked for, by two writes, and nothing looks elsewhere', async () => {
    const { ask, link, of, table } = aWorkerOfInstances();
    expect(await ask('fr')).toEqual(provisioned);
    expect(link()).toMatchObject({ state: 'linked', instance: 'eu', accountId: 'acc-0' });
    expect(of('eu').accounts()).toEqual(['acme/dev/auth0|1']);
    expect(of('us').calls).toEqual([]);
    expect(table.state.writes).toBe(2);
  });

  test('stays where it is when another country is told later', async () => {
    const { tell, accounts, link } = aWorkerOfInstances();
    await tell('user.registered', { country: 'de' });
    expect(await tell('user.updated', { country: 'us', email: 'new@example.com' }, MINUTE)).toEqual(
      provisioned,
    );
    expect(accounts()).toEqual([1, 0]);
    expect(link()).toMatchObject({ instance: 'eu' });
  });

  test('costs one read and no write when nothing changed', async () => {
    const { tell, table } = aWorkerOfInstances();
    await tell('user.registered', { country: 'de' });
    const { writes, reads } = table.state;
    expect(await tell('user.registered', { country: 'us' })).toEqual({ kind: 'skipped', code: 'unchanged' });
    expect([table.state.writes - writes, table.state.reads - reads]).toEqual([0, 1]);
  });

  test('goes from the instance that has it', async () => {
    const { tell, remindAt, accounts, of } = aWorkerOfInstances();
    await tell('user.registered', { country: 'us' });
    await tell('user.deleted', { country: 'de' }, HOUR);
    await remindAt(2 * HOUR);
    expect(await remindAt(90 * 24 * HOUR)).toEqual(provisioned);
    expect(accounts()).toEqual([0, 0]);
    expect(of('eu').calls).toEqual([]);
  });

  test('is switched off where it is', async () => {
    const { tell, of } = aWorkerOfInstances();
    await tell('user.registered', { country: 'us' });
    await tell('user.blocked', { country: 'de' }, HOUR);
    expect(of('us').stored[0]).toMatchObject({ active: false });
  });

  test('is where the first attempt may have made it, although the next event says another country', async () => {
    const { ask, accounts, of, clock, link } = aWorkerOfInstances();
    of('eu').after.create = failing(new RetryableError('remote-timeout'));
    await ask('de');
    expect(link()).toMatchObject({ state: 'pending', creation: 'unknown', instance: 'eu' });
    of('eu').after.create = undefined;
    clock.now += MINUTE;
    expect(await ask('us')).toEqual(provisioned);
    expect(accounts()).toEqual([1, 0]);
  });

  test('is made elsewhere as long as nothing can have been made', async () => {
    const { ask, accounts, of, clock } = aWorkerOfInstances();
    of('eu').faults.find = failing(new RetryableError('remote-unavailable'));
    await ask('de');
    clock.now += MINUTE;
    expect(await ask('us')).toEqual(provisioned);
    expect(accounts()).toEqual([0, 1]);
  });

  test('of an earlier life that is still there is taken over where it is', async () => {
    const { tell, accounts, link } = aWorkerOfInstances();
    await tell('user.registered', { country: 'de' });
    await tell('user.deleted', {}, HOUR);
    await tell('user.registered', { country: 'us', created_at: NEXT_GENERATION }, 3 * HOUR);
    expect(accounts()).toEqual([1, 0]);
    expect(link()).toMatchObject({ state: 'linked', instance: 'eu', generation: NEXT_GENERATION });
  });

  test('of a new life is made where that says, once nothing of the earlier one is left', async () => {
    const { tell, remindAt, accounts, link } = aWorkerOfInstances();
    await tell('user.registered', { country: 'de' });
    await tell('user.deleted', {}, HOUR);
    await remindAt(2 * HOUR);
    await remindAt(90 * 24 * HOUR);
    expect(link()).not.toHaveProperty('instance');
    await tell('user.registered', { country: 'us', created_at: NEXT_GENERATION }, 3 * HOUR);
    expect(accounts()).toEqual([0, 1]);
  });

  test('that is asked for while the user is blocked is made there afterwards', async () => {
    const { tell, ask, accounts, link } = aWorkerOfInstances({ provisionAt: 'use' });
    await tell('user.blocked', {}, 0);
    await ask('us', {}, MINUTE);
    expect(link()).toMatchObject({ state: 'skipped', instance: 'us' });
    expect(await tell('user.unblocked', {}, HOUR)).toEqual(provisioned);
    expect(accounts()).toEqual([0, 1]);
  });
});

test('a link that is held stays in the instance in which somebody has to decide', async () => {
  const { tell, put, link } = aWorkerOfInstances();
  put(aLink({ state: 'held', code: 'conflict', instance: 'eu', candidate: { accountId: 'acc-9' } }));
  await tell('user.blocked', { country: 'us' }, HOUR);
  expect(link()).toMatchObject({ state: 'held', blocked: true, instance: 'eu' });
});

describe("what one instance has that may be the user's, and the link does not lead to", () => {
  /** Two accounts carry the user's externalId, after a fault of the system. */
  async function ambiguous(settings: Parameters<typeof aWorkerOfInstances>[0] = {}) {
    const worker = aWorkerOfInstances(settings);
    for (const _ of [1, 2]) worker.of('eu').add('acme/dev/auth0|1');
    await worker.ask('de', { role: 'in' });
    expect(worker.link()).toMatchObject({ state: 'held', code: 'ambiguous', instance: 'eu' });
    return worker;
  }
  const newLife = { country: 'us', created_at: NEXT_GENERATION };
  const isLeftAlone = ({ of, link }: Awaited<ReturnType<typeof ambiguous>>) => {
    expect(of('us').calls).toEqual([]);
    expect(link()).toMatchObject({ state: 'held', code: 'ambiguous', instance: 'eu' });
  };

  test('is not left behind by a login that vouches for the user and says another country', async () => {
    const { of, run, link, accounts } = aWorkerOfInstances(ADOPTING);
    of('eu').add('', { email: 'ada@example.com' });
    const user = { email: 'ada@example.com', email_verified: false, country: 'de' };
    await run({ event: anEvent({ user, connection: CONNECTION }) });
    expect(link()).toMatchObject({ state: 'held', candidate: { unproven: true } });
    const proven = { ...user, email_verified: true, country: 'us' };
    const event = anEvent({ type: 'user.logged-in', user: proven, connection: CONNECTION });
    expect(await run({ event })).toEqual(provisioned);
    expect(link()).toMatchObject({ state: 'linked', instance: 'eu', ownership: 'adopted' });
    expect(link()).not.toHaveProperty('bound');
    expect(accounts()).toEqual([1, 0]);
  });

  test('is not left behind by a release, though the next attempt fails and another country is told', async () => {
    const worker = await ambiguous();
    const { put, link, of, ask, clock } = worker;
    put(released(link(), clock.now));
    of('eu').faults.find = failing(new RetryableError('remote-unavailable'));
    await ask('us', {}, MINUTE);
    of('eu').faults.find = undefined;
    clock.now += HOUR;
    await ask('us', {}, 2 * MINUTE);
    isLeftAlone(worker);
  });

  test('is where the operator makes one beside it', async () => {
    const { put, link, clock, run, of, accounts } = aWorkerOfInstances(ADOPTING);
    of('eu').add('', { email: 'ada@example.com' });
    const user = { email: 'ada@example.com', country: 'de' };
    await run({ event: anEvent({ user, connection: CONNECTION }) });
    put(choosing(link(), 'new', clock.now));
    await run({ event: anEvent({ user: { ...user, country: 'us' }, connection: CONNECTION }) });
    expect(accounts()).toEqual([2, 0]);
  });

  test('is found by a life that begins after the user was deleted', async () => {
    const worker = await ambiguous();
    await worker.tell('user.deleted', {}, HOUR);
    expect(worker.link()).toMatchObject({ state: 'deprovisioned', instance: 'eu' });
    await worker.tell('user.registered', newLife, 2 * HOUR);
    isLeftAlone(worker);
  });

  test('is found by a life that begins with a block', async () => {
    const worker = await ambiguous();
    await worker.tell('user.deleted', {}, HOUR);
    await worker.tell('user.blocked', newLife, 2 * HOUR);
    await worker.tell('user.unblocked', newLife, 3 * HOUR);
    isLeftAlone(worker);
  });

  test('is found by who left the scope and came back', async () => {
    const scope = createScope({ where: [{ of: 'role', oneOf: ['in'] }] });
    const worker = await ambiguous({ scope });
    await worker.tell('user.updated', { role: 'out', country: 'us' }, HOUR);
    expect(worker.link()).toMatchObject({ state: 'skipped', code: 'out-of-scope' });
    await worker.tell('user.updated', { role: 'in', country: 'us' }, 2 * HOUR);
    isLeftAlone(worker);
  });

  describe('because the account of a merged user was to stay', () => {
    const kept = async (...obstacle: ['taken'] | []) => {
      const worker = aWorkerOfInstances();
      await worker.tell('user.registered', { country: 'de' });
      const part = { ...worker.link(), state: 'held', code: 'merge-pending', ended: 'deleted' } as const;
      worker.put(keeping(part, NOW + HOUR, ...obstacle));
      await worker.tell('user.registered', newLife, 3 * HOUR);
      return worker;
    };

    test('is found by a life that begins in another country, and erased with it', async () => {
      const { link, accounts, tell, clock } = await kept();
      expect(link()).toMatchObject({ state: 'linked', instance: 'eu', accountId: 'acc-0' });
      expect(accounts()).toEqual([1, 0]);
      clock.now = NOW + 4 * HOUR;
      expect(await tell('user.erase-requested', { created_at: NEXT_GENERATION })).toEqual(provisioned);
      expect(accounts()).toEqual([0, 0]);
    });

    test('is nothing of theirs once the other user has it', async () => {
      expect((await kept('taken')).link()).toMatchObject({ state: 'linked', instance: 'us' });
    });
  });
});

describe('a user of no country', () => {
  test.each([
    ['country-missing', undefined, undefined],
    ['country-unknown', 'jp', 'data.country'],
  ])(
    'is rejected with %s, the link says so, and a word of the country heals it',
    async (code, said, detail) => {
      const { ask, link, accounts, clock } = aWorkerOfInstances();
      expect(await ask(said)).toEqual(rejected(code, detail));
      expect(link()).toMatchObject({ state: 'rejected', code, attempts: 0, unsettled: expect.any(String) });
      expect(link()).not.toHaveProperty('lease');
      expect(accounts()).toEqual([0, 0]);
      clock.now += HOUR;
      expect(await ask('us')).toEqual(provisioned);
      expect(link()).toMatchObject({ state: 'linked', instance: 'us' });
    },
  );

  test('gets the default where there is one', async () => {
    const { ask, accounts } = aWorkerOfInstances({ rule: { ...RULE, default: 'us' } });
    expect(await ask(undefined)).toEqual(provisioned);
    expect(accounts()).toEqual([0, 1]);
  });

  test('never has what was said in the row or in the outcome', async () => {
    const { ask, table } = aWorkerOfInstances();
    const outcome = await ask('<script>alert(1)</script>');
    expect(JSON.stringify([outcome, table.written])).not.toContain('script');
  });
});

describe('a link whose instance the configuration does not have any more', () => {
  const bound = { state: 'linked', accountId: 'acc-0', ownership: 'created', instance: 'asia' } as const;

  test('is parked and kept, and goes on once the instance is back', async () => {
    const { tell, put, link, accounts, table } = aWorkerOfInstances();
    put(aLink(bound));
    expect(await tell('user.updated', { country: 'de' }, HOUR)).toEqual(rejected('instance-removed'));
    expect(link()).toMatchObject({
      state: 'rejected',
      code: 'instance-removed',
      accountId: 'acc-0',
      instance: 'asia',
    });
    expect(accounts()).toEqual([0, 0]);
    const back = aWorkerOfInstances({
      rule: { countries: { ...RULE.countries, asia: ['jp'] } },
      links: table.links,
    });
    back.of('asia').add('acme/dev/auth0|1');
    expect(await back.tell('user.updated', {}, HOUR)).toEqual(provisioned);
    expect(table.rows.get('ref:auth0|1/crm')).toMatchObject({ state: 'linked', instance: 'asia' });
  });

  test('keeps the tombstone of who is to be erased, so that nobody makes an account meanwhile', async () => {
    const { tell, put, link } = aWorkerOfInstances();
    put(aLink(bound));
    expect(await tell('user.erase-requested')).toEqual(rejected('instance-removed'));
    expect(link()).toMatchObject({ state: 'rejected', ended: 'erased', next: 'erase', instance: 'asia' });
  });
});

describe('the breaker of one instance', () => {
  test('stops nobody of another one', async () => {
    const { ask, accounts } = aWorkerOfInstances({ gates: { eu: SHUT } });
    expect(await ask('de', { user_id: 'auth0|2' })).toMatchObject({ kind: 'retry', code: 'breaker-open' });
    expect(await ask('us')).toEqual(provisioned);
    expect(accounts()).toEqual([0, 1]);
  });

  test('is told of the calls to that instance alone', async () => {
    const told: string[] = [];
    const gateOf = (name: string): Gate => ({
      admit: async () => ({ admitted: true, settle: async ({ says }) => void told.push(`${name} ${says}`) }),
    });
    const { ask, of } = aWorkerOfInstances({ gates: { eu: gateOf('eu'), us: gateOf('us') } });
    of('eu').faults.find = failing(new RetryableError('remote-unavailable'));
    await ask('de', { user_id: 'auth0|2' });
    await ask('us');
    expect(told.filter((one) => !one.endsWith('unclear'))).toEqual(['eu remote-unavailable', 'us well']);
  });
});

describe('two users with the same account id in two instances', () => {
  test('have an account each: what one took over in one is not taken in the other', async () => {
    const { run, of, holders, link } = aWorkerOfInstances(ADOPTING);
    of('eu').add('', { email: 'ada@example.com' });
    of('us').add('', { email: 'eve@example.com' });
    const register = (user_id: string, email: string, country: string) =>
      run({
        event: anEvent({ user: { user_id, email, email_verified: true, country }, connection: CONNECTION }),
      });
    await register('auth0|1', 'ada@example.com', 'de');
    await register('auth0|2', 'eve@example.com', 'us');
    expect(
      [link('auth0|1'), link('auth0|2')].map(({ accountId, ownership }) => [accountId, ownership]),
    ).toEqual([
      ['acc-0', 'adopted'],
      ['acc-0', 'adopted'],
    ]);
    expect([[...holders('eu')], [...holders('us')]]).toEqual([
      [['acc-0', 'ref:auth0|1']],
      [['acc-0', 'ref:auth0|2']],
    ]);
  });
});

test('an account that could not be taken over in one instance is not kept for a user of another one', async () => {
  const { of, holders, run, link, clock } = aWorkerOfInstances(ADOPTING);
  of('eu').add('', { email: 'ada@example.com' });
  of('eu').faults.change = failing(new RetryableError('remote-throttled', SECOND));
  const user = { email: 'ada@example.com', email_verified: true };
  await run({ event: anEvent({ user: { ...user, country: 'de' }, connection: CONNECTION }) });
  expect(link()).toMatchObject({ state: 'pending', code: 'remote-throttled', instance: 'eu' });
  clock.now += MINUTE;
  await run({ event: anEvent({ user: { ...user, country: 'us' }, connection: CONNECTION }) });
  expect(link()).toMatchObject({ state: 'linked', instance: 'us' });
  expect([...holders('eu')]).toEqual([]);
});

describe('an account that a worker took over before the system had instances, and died', () => {
  const rule = { ...RULE, existing: 'eu' };

  test('is known as taken over afterwards, so that it is not removed with the user', async () => {
    const { of, holders, put, tell, link } = aWorkerOfInstances({ rule });
    of('eu').add('acme/dev/auth0|1');
    holders().set('acc-0', 'ref:auth0|1');
    put(aLink({ creation: 'unknown' }));
    await tell('user.registered', { country: 'de' });
    expect(link()).toMatchObject({ state: 'linked', instance: 'eu', ownership: 'adopted' });
  });

  test("is nobody else's", async () => {
    const { of, holders, put, run, link } = aWorkerOfInstances({ rule, ...ADOPTING });
    of('eu').add('', { email: 'ada@example.com' });
    holders().set('acc-0', 'ref:auth0|1');
    put(aLink({ state: 'pending', creation: 'unknown' }));
    const user = { user_id: 'auth0|2', email: 'ada@example.com', email_verified: true, country: 'de' };
    await run({ event: anEvent({ user, connection: CONNECTION }) });
    expect(link('auth0|2')).toMatchObject({ state: 'held', code: 'conflict', instance: 'eu' });
    expect([...holders()]).toEqual([['acc-0', 'ref:auth0|1']]);
  });
});
