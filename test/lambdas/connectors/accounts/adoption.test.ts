import type { EventConnection, EventUser } from '../../../../events/event-schema';
import type { EventType } from '../../../../events/event-types';
import type { AdoptionPolicy } from '../../../../lambdas/connectors/accounts/adoption';
import { RejectedError, RetryableError } from '../../../../lambdas/connectors/connector';
import type { Choice, UserLink } from '../../../../lambdas/user-links/user-link';
import { NO_ADOPTION } from '../../../helpers/adoption';
import { anEvent, NOW } from '../../../helpers/events';
import { aLink } from '../../../helpers/links';
import { aWorker, DAY, failing, GRACE, LEASE, LEAVE_AFTER, SECOND, SETTLE } from '../helpers/a-worker';

const DATABASE: EventConnection = { name: 'Username-Password-Authentication', strategy: 'auth0' };
const BY_EMAIL = { correlate: [{ attribute: 'email', from: 'email' }] };
const ADOPTING: AdoptionPolicy = { ...NO_ADOPTION, ...BY_EMAIL, adopt: true };
const HOLDING: AdoptionPolicy = { ...NO_ADOPTION, ...BY_EMAIL };

interface Told {
  readonly type?: EventType;
  readonly user?: Partial<EventUser>;
  readonly connection?: EventConnection | undefined;
}

/** A worker, and a user of a database whose address is verified, unless something else is told. */
function aSystem(adoption: AdoptionPolicy) {
  const worker = aWorker({ adoption });
  const come = ({ type = 'user.registered', user, connection = DATABASE }: Told = {}, fields = {}) =>
    worker.run({ event: anEvent({ type, user: { email_verified: true, ...user }, connection }), ...fields });
  return { ...worker, come };
}

const held = (code = 'conflict') => ({ kind: 'skipped', code });
const provisioned = { kind: 'provisioned' };

describe('an account with the address of the user, which carries no externalId', () => {
  test('is taken over where that is allowed and the address proven, and found by its externalId from then on', async () => {
    const { come, remote, link, tell, holders } = aSystem(ADOPTING);
    remote.add('');
    expect(await come()).toEqual(provisioned);
    expect(remote.stored).toMatchObject([{ accountId: 'acc-0', externalId: 'acme/dev/auth0|1' }]);
    expect(link()).toMatchObject({ state: 'linked', accountId: 'acc-0', ownership: 'adopted' });
    expect(holders.get('acc-0')).toBe('ref:auth0|1');
    remote.calls.length = 0;
    expect(await tell('user.updated', { email: 'new@example.com' }, SECOND)).toEqual(provisioned);
    expect(remote.calls).toEqual(['read', 'change']);
    expect(remote.stored).toHaveLength(1);
  });

  test('costs two writes of the link, and one look-up of the rule', async () => {
    const { come, remote, table } = aSystem(ADOPTING);
    remote.add('');
    await come();
    expect(table.state).toMatchObject({ reads: 1, writes: 2 });
    expect(remote.calls).toEqual(['find', 'match', 'change']);
  });

  test.each<[string, Told]>([
    ['an address that is not verified', { user: { email_verified: false } }],
    [
      'a social connection',
      { user: { user_id: 'google-oauth2|1' }, connection: { name: 'g', strategy: 'google-oauth2' } },
    ],
    [
      'an enterprise connection that says "verified"',
      { user: { user_id: 'samlp|evil|1' }, connection: { name: 'evil', strategy: 'samlp' } },
    ],
    ['an event of the stream', { type: 'user.created' }],
  ])('is held and not touched for %s', async (_, told) => {
    const { come, remote, link } = aSystem(ADOPTING);
    const account = remote.add('');
    expect(await come(told)).toEqual(held());
    expect(remote.stored).toEqual([account]);
    expect(remote.calls).toEqual(['find', 'match']);
    expect(link(told.user?.user_id)).toMatchObject({
      state: 'held',
      code: 'conflict',
      candidate: { accountId: 'acc-0', unproven: true },
    });
    expect(link(told.user?.user_id).accountId).toBeUndefined();
  });

  test.each([
    ['unsigned', { unsigned: true, route: 'store' }],
    ['of the plain interface, which does not know the whole profile', { route: 'store' }],
  ])('is held for an event %s', async (_, fields) => {
    const { come, remote } = aSystem(ADOPTING);
    const account = remote.add('');
    expect(await come({}, fields)).toEqual(held());
    expect(remote.stored).toEqual([account]);
  });

  test('is held for a request that does not know the whole profile', async () => {
    const { come, remote } = aSystem(ADOPTING);
    const account = remote.add('');
    expect(await come({ type: 'user.provision-requested' })).toEqual(held());
    expect(remote.stored).toEqual([account]);
  });

  test('is held and not doubled where rules may only tell of it', async () => {
    const { come, remote, link } = aSystem(HOLDING);
    const account = remote.add('');
    expect(await come()).toEqual(held());
    expect(remote.stored).toEqual([account]);
    expect(link().candidate).toEqual({ accountId: 'acc-0' });
    // Nothing that the user proves later changes what the configuration says.
    expect(await come({ type: 'user.logged-in' })).toEqual(held('held'));
  });

  test('is taken over when the address is proven later, and nothing is asked before', async () => {
    const { come, remote, link } = aSystem(ADOPTING);
    remote.add('');
    await come({ user: { email_verified: false } });
    remote.calls.length = 0;
    expect(await come({ type: 'user.updated' })).toEqual(held('held'));
    expect(await come({ type: 'user.logged-in', user: { email_verified: false } })).toEqual(held('held'));
    expect(remote.calls).toEqual([]);
    expect(await come({ type: 'user.logged-in' })).toEqual(provisioned);
    expect(link()).toMatchObject({ state: 'linked', ownership: 'adopted' });
    expect(link().candidate).toBeUndefined();
  });

  test('is not taken over by a proof of before the user chose another address', async () => {
    const { come, remote, link } = aSystem(ADOPTING);
    const account = remote.add('');
    const at = (after: number) => new Date(NOW + after * SECOND).toISOString();
    await come({ user: { email_verified: false, updated_at: at(1) } });
    const changed = { email: 'new@example.com', updated_at: at(3) };
    expect(await come({ type: 'user.updated', user: changed })).toEqual(held('held'));
    const proof = { type: 'user.logged-in', user: { updated_at: at(2) } } as const;
    expect(await come(proof)).toEqual({ kind: 'skipped', code: 'stale' });
    expect(remote.stored).toEqual([account]);
    expect(link()).toMatchObject({ state: 'held', code: 'conflict' });
  });

  test('is not taken over by a proof of before the address was found', async () => {
    const { come, remote } = aSystem(ADOPTING);
    const account = remote.add('');
    const at = (after: number) => new Date(NOW + after * SECOND).toISOString();
    await come({ type: 'user.updated', user: { updated_at: at(2) } });
    expect(await come({ user: { updated_at: at(1) } })).toEqual({ kind: 'skipped', code: 'stale' });
    expect(remote.stored).toEqual([account]);
  });

  test('whose taking over has no answer is switched off when its user is blocked before there is one', async () => {
    const { come, remote, clock, tell } = aSystem(ADOPTING);
    remote.add('');
    remote.after.change = failing(new RetryableError('remote-timeout'));
    await come();
    remote.after.change = undefined;
    clock.now += SETTLE;
    expect(await tell('user.blocked', {}, SECOND)).toEqual(provisioned);
    expect(remote.stored).toMatchObject([{ externalId: 'acme/dev/auth0|1', active: false }]);
  });

  test('is left alone where there is no rule', async () => {
    const { come, remote } = aSystem(NO_ADOPTION);
    remote.add('');
    expect(await come()).toEqual(provisioned);
    expect(remote.accounts()).toEqual(['', 'acme/dev/auth0|1']);
    expect(remote.calls).toEqual(['find', 'create']);
  });

  test('stays switched off when it is taken over', async () => {
    const { come, remote } = aSystem(ADOPTING);
    const { accountId } = remote.add('');
    await remote.connector.setActive({ accountId, carries: 'none', snapshot: {} }, false);
    expect(await come()).toEqual(provisioned);
    expect(remote.stored).toMatchObject([{ active: false, externalId: 'acme/dev/auth0|1' }]);
  });
});

describe('an account that a rule finds', () => {
  test.each([ADOPTING, HOLDING])(
    'and that carries the externalId of another is never touched',
    async (adoption) => {
      const { come, remote, link } = aSystem(adoption);
      const account = remote.add('acme/dev/auth0|2');
      expect(await come()).toEqual(held());
      expect(remote.stored).toEqual([account]);
      expect(link().candidate).toBeUndefined();
      expect(await come({ type: 'user.logged-in' })).toEqual(held('held'));
    },
  );

  test('is ambiguous when there are several', async () => {
    const { come, remote } = aSystem(ADOPTING);
    remote.add('');
    remote.add('');
    expect(await come()).toEqual(held('ambiguous'));
    expect(remote.accounts()).toEqual(['', '']);
  });

  test('by a user name is held: that a name is proven says nothing of whose it is', async () => {
    const correlate = [{ attribute: 'name', from: 'username' }];
    const { come, remote, link } = aSystem({ ...ADOPTING, correlate });
    const account = remote.add('', { name: 'victim', email: 'victim@example.com' });
    const eve = { username: 'victim', email: 'eve@example.com' };
    expect(await come({ user: eve })).toEqual(held());
    expect(await come({ type: 'user.logged-in', user: eve })).toEqual(held('held'));
    expect(remote.stored).toEqual([account]);
    expect(link().candidate).toEqual({ accountId: 'acc-0' });
  });

  test('by what administrators write is taken over', async () => {
    const correlate = [{ attribute: 'number', from: 'app_metadata_employee' }];
    const { come, remote } = aSystem({ ...ADOPTING, correlate });
    remote.add('', { number: '7' });
    expect(await come({ user: { app_metadata_employee: 7 } })).toEqual(provisioned);
    expect(remote.accounts()).toEqual(['acme/dev/auth0|1']);
  });

  test('is found by the first rule that finds any, and each rule is asked once', async () => {
    const correlate = ['number', 'email', 'name'].map((attribute) => ({
      attribute,
      from: { number: 'app_metadata_employee', email: 'email', name: 'username' }[attribute] ?? '',
    }));
    const { come, remote } = aSystem({ ...ADOPTING, correlate });
    const other = remote.add('', { name: 'ada' });
    remote.add('', { email: 'ada@example.com' });
    expect(await come({ user: { username: 'ada', app_metadata_employee: 7 } })).toEqual(provisioned);
    expect(remote.calls).toEqual(['find', 'match', 'match', 'change']);
    expect(remote.stored).toMatchObject([other, { externalId: 'acme/dev/auth0|1' }]);
  });

  test('is not asked for by an attribute that the user does not have', async () => {
    const { come, remote } = aSystem({ ...ADOPTING, correlate: [{ attribute: 'name', from: 'username' }] });
    expect(await come()).toEqual(provisioned);
    expect(remote.calls).toEqual(['find', 'create']);
  });

  test('is not asked for when an account carries our externalId', async () => {
    const { come, remote } = aSystem(ADOPTING);
    remote.add('acme/dev/auth0|1');
    await come();
    expect(remote.calls).not.toContain('match');
  });

  test('whose look-up failed is not taken for none', async () => {
    const { come, remote } = aSystem(ADOPTING);
    remote.faults.match = failing(new RetryableError('remote-unavailable'));
    expect(await come()).toMatchObject({ kind: 'retry', code: 'remote-unavailable' });
    expect(remote.stored).toEqual([]);
    remote.faults.match = failing(new RejectedError('filter-ignored'));
    expect(await come()).toMatchObject({ kind: 'rejected', code: 'filter-ignored' });
    expect(remote.stored).toEqual([]);
  });

  test('only after the system said that something is there is judged by the same rules', async () => {
    const { come, remote } = aSystem(ADOPTING);
    remote.faults.create = async () => remote.add('');
    remote.connector.create = async () => {
      remote.calls.push('create');
      remote.add('');
      return { kind: 'exists' };
    };
    expect(await come()).toEqual(provisioned);
    expect(remote.calls).toEqual(['find', 'match', 'create', 'find', 'match', 'change']);
    expect(remote.accounts()).toEqual(['acme/dev/auth0|1']);
  });

  test('and cannot be changed to what another account has is given back and held', async () => {
    const { come, remote, holders, link } = aSystem(ADOPTING);
    remote.add('');
    remote.connector.change = async () => 'exists';
    expect(await come()).toEqual(held());
    expect(holders.size).toBe(0);
    expect(link()).toMatchObject({ candidate: { accountId: 'acc-0' } });
    expect(link().accountId).toBeUndefined();
  });

  test.each([
    ['is free when the system was too busy to take it', {}, []],
    ['stays reserved when an earlier attempt may have taken it', { creation: 'unknown' as const }, ['acc-0']],
  ])('%s', async (_, fields, reserved) => {
    const { come, remote, holders, put } = aSystem(ADOPTING);
    remote.add('');
    put(aLink({ state: 'pending', ...fields }));
    remote.faults.change = failing(new RetryableError('remote-throttled'));
    expect(await come()).toMatchObject({ kind: 'retry', code: 'remote-throttled' });
    expect([...holders.keys()]).toEqual(reserved);
  });
});

describe('a user who has an account', () => {
  test("and gets the address of an account that is nobody's keeps theirs, and is not given a second one", async () => {
    const { come, remote, link } = aSystem(ADOPTING);
    await come();
    const other = remote.add('', { email: 'new@example.com' });
    remote.calls.length = 0;
    const changed = { email: 'new@example.com', updated_at: new Date(NOW + SECOND).toISOString() };
    expect(await come({ type: 'user.logged-in', user: changed })).toEqual(provisioned);
    expect(remote.calls).toEqual(['read', 'change']);
    expect(remote.stored).toEqual([
      expect.objectContaining({ accountId: 'acc-0', shown: { email: 'new@example.com' } }),
      other,
    ]);
    expect(link()).toMatchObject({ accountId: 'acc-0', ownership: 'created' });
  });

  test('is told of again and again, and the system is never asked to create a second time', async () => {
    const { come, remote } = aSystem(ADOPTING);
    remote.add('');
    for (let after = 0; after < 5; after += 1) {
      const updated_at = new Date(NOW + after * SECOND).toISOString();
      const email = `${after === 0 ? 'ada' : `ada-${after}`}@example.com`;
      expect(await come({ type: 'user.logged-in', user: { email, updated_at } })).toEqual(provisioned);
    }
    expect(remote.calls).not.toContain('create');
    expect(remote.stored).toMatchObject([{ accountId: 'acc-0', shown: { email: 'ada-4@example.com' } }]);
  });
});

describe('two users with one address', () => {
  test('who come at once: exactly one gets the account', async () => {
    const { come, remote, table } = aSystem(ADOPTING);
    remote.add('');
    const users = ['auth0|1', 'auth0|2', 'auth0|3'].map((user_id) => come({ user: { user_id } }));
    const outcomes = await Promise.all(users);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['provisioned', 'skipped', 'skipped']);
    expect(remote.stored).toHaveLength(1);
    expect([...table.rows.values()].filter(({ accountId }) => accountId !== undefined)).toHaveLength(1);
  });

  test('whose system does not keep our externalId: the second is held all the same', async () => {
    const { come, remote } = aSystem(ADOPTING);
    remote.add('');
    remote.connector.change = async () => 'changed';
    expect(await come()).toEqual(provisioned);
    expect(await come({ user: { user_id: 'auth0|2' } })).toEqual(held());
  });

  test.each<[string, Partial<UserLink>]>([
    ['is gone', { state: 'deprovisioned', ended: 'deleted' }],
    ['has another account', { state: 'linked', accountId: 'acc-9' }],
    ['was blocked before the system took it', { state: 'skipped', code: 'disabled' }],
  ])('of whom the first died before it was theirs, and %s: the second gets it', async (_, fields) => {
    const { come, remote, put, holders } = aSystem(ADOPTING);
    remote.add('');
    holders.set('acc-0', 'ref:auth0|2');
    put(aLink({ userRef: 'ref:auth0|2', state: 'pending' }));
    expect(await come()).toEqual(held());
    put(aLink({ userRef: 'ref:auth0|2', ...fields }));
    put(aLink({ revision: 2 }));
    expect(await come()).toEqual(provisioned);
    expect(holders.get('acc-0')).toBe('ref:auth0|1');
  });
});

describe('an account that somebody reserved and did not get', () => {
  test('stays theirs when they come back for it just then', async () => {
    const { come, remote, put, holders, table } = aSystem(ADOPTING);
    const account = remote.add('');
    holders.set('acc-0', 'ref:auth0|2');
    put(aLink({ userRef: 'ref:auth0|2', state: 'skipped', code: 'disabled' }));
    const { get } = table.links;
    table.links.get = async (userRef, system) => {
      const read = await get(userRef, system);
      if (userRef === 'ref:auth0|2') put(aLink({ userRef, lease: { token: 'theirs', until: NOW + LEASE } }));
      return read;
    };
    expect(await come()).toEqual(held());
    expect(holders.get('acc-0')).toBe('ref:auth0|2');
    expect(remote.stored).toEqual([account]);
  });

  test('is free for another once what they sent last would show', async () => {
    const { come, remote, put, holders, clock, link } = aSystem(ADOPTING);
    remote.add('');
    holders.set('acc-0', 'ref:auth0|2');
    const blocked = { state: 'skipped', code: 'disabled', creation: 'unknown' } as const;
    put(aLink({ ...blocked, userRef: 'ref:auth0|2', updatedAt: new Date(NOW).toISOString() }));
    clock.now = NOW + SETTLE;
    expect(await come()).toEqual(held());
    expect(holders.get('acc-0')).toBe('ref:auth0|2');
    clock.now += 1;
    put({ ...link(), state: 'pending' } as never);
    expect(await come()).toEqual(provisioned);
    expect([holders.get('acc-0'), link()?.ownership]).toEqual(['ref:auth0|1', 'adopted']);
  });
});

describe('an account that was taken over', () => {
  test('is known as such though its worker died before it said so', async () => {
    const { come, remote, clock, link } = aSystem(ADOPTING);
    remote.add('');
    remote.after.change = () => new Promise(() => {});
    void come();
    await new Promise((resolve) => setImmediate(resolve));
    expect(remote.accounts()).toEqual(['acme/dev/auth0|1']);
    remote.after.change = undefined;
    clock.now += LEASE + SETTLE;
    expect(await come()).toEqual(provisioned);
    expect(link()).toMatchObject({ state: 'linked', ownership: 'adopted' });
  });

  test('is switched off when its user goes, and never removed', async () => {
    const { come, remote, remindAt, link, tell } = aSystem(ADOPTING);
    remote.add('');
    await come();
    await tell('user.deleted', {}, SECOND);
    expect(await remindAt(LEAVE_AFTER)).toEqual(provisioned);
    await remindAt(LEAVE_AFTER + GRACE + DAY);
    expect(remote.stored).toMatchObject([{ active: false }]);
    expect(remote.calls).not.toContain('remove');
    expect(link()).toMatchObject({ state: 'disabled', ownership: 'adopted' });
  });

  test('may be taken by another once somebody removed it in the system', async () => {
    const { come, remote, remindAt, tell, holders } = aSystem(ADOPTING);
    remote.add('');
    await come();
    remote.stored.splice(0);
    await tell('user.deleted', {}, SECOND);
    await remindAt(LEAVE_AFTER);
    expect(holders.size).toBe(0);
  });

  test('and whose answer was lost is found by its externalId, and not taken twice', async () => {
    const { come, remote, clock, link } = aSystem(ADOPTING);
    remote.add('');
    remote.after.change = failing(new RetryableError('remote-timeout'));
    expect(await come()).toMatchObject({ kind: 'retry', code: 'remote-timeout' });
    remote.after.change = undefined;
    clock.now += SETTLE;
    expect(await come()).toEqual(provisioned);
    expect(link()).toMatchObject({ ownership: 'adopted', accountId: 'acc-0' });
    expect(remote.stored).toHaveLength(1);
  });
});

describe('what an operator chose', () => {
  function chosen(chosen: Choice, adoption = HOLDING) {
    const system = aSystem(adoption);
    system.put(aLink({ attempts: 0, chosen }));
    return system;
  }
  const theAccount = { accountId: 'acc-0', ownership: 'adopted' } as const;

  test('is taken over without a proof, by a complete event of the user', async () => {
    const { come, remote, link } = chosen(theAccount, NO_ADOPTION);
    remote.add('', { email: 'old@example.com' });
    expect(await come({ type: 'user.provision-requested' })).toEqual(held('held'));
    expect(await come({}, { unsigned: true, route: 'store' })).toEqual(held('held'));
    expect(await come({ type: 'user.updated', user: { email_verified: false } })).toEqual(provisioned);
    expect(remote.stored).toMatchObject([
      { externalId: 'acme/dev/auth0|1', shown: { email: 'ada@example.com' } },
    ]);
    expect(link()).toMatchObject({ state: 'linked', accountId: 'acc-0', ownership: 'adopted' });
    expect(link().chosen).toBeUndefined();
  });

  test('is one of several that carry our externalId', async () => {
    const { come, remote, link } = chosen({ ...theAccount, accountId: 'acc-1' });
    remote.add('acme/dev/auth0|1');
    remote.add('acme/dev/auth0|1');
    expect(await come()).toEqual(provisioned);
    expect(link()).toMatchObject({ accountId: 'acc-1' });
  });

  test.each(['acme/dev/auth0|2', 'legacy-7'])(
    'is held again when the account carries %s, and nothing is changed',
    async (externalId) => {
      const { come, remote, link } = chosen(theAccount);
      const account = remote.add(externalId);
      expect(await come()).toEqual(held());
      expect(remote.stored).toEqual([account]);
      expect(link().chosen).toBeUndefined();
    },
  );

  test('is held again when there is no such account, or another user took it over', async () => {
    const nowhere = chosen({ ...theAccount, accountId: 'acc-9' });
    expect(await nowhere.come()).toEqual(held());
    const taken = chosen(theAccount);
    const account = taken.remote.add('');
    taken.holders.set('acc-0', 'ref:auth0|2');
    taken.put(aLink({ userRef: 'ref:auth0|2', state: 'linked', accountId: 'acc-0' }));
    expect(await taken.come()).toEqual(held());
    expect(taken.remote.stored).toEqual([account]);
  });

  test('survives a system that is down', async () => {
    const { come, remote, link } = chosen(theAccount);
    remote.add('', {});
    remote.faults.read = failing(new RetryableError('remote-unavailable'));
    expect(await come()).toMatchObject({ kind: 'retry' });
    remote.faults.read = undefined;
    expect(await come()).toEqual(provisioned);
    expect(link()).toMatchObject({ accountId: 'acc-0' });
  });

  test('is an account of their own beside what a rule finds', async () => {
    const { come, remote, link } = chosen('new');
    remote.add('');
    expect(await come()).toEqual(provisioned);
    expect(remote.accounts()).toEqual(['', 'acme/dev/auth0|1']);
    expect(link()).toMatchObject({ ownership: 'created' });
  });

  test('is held again, and not tried for a day, when its create got no answer and then a refusal', async () => {
    const { come, clock, remote, link } = chosen('new');
    remote.add('');
    remote.faults.create = failing(new RetryableError('remote-timeout'));
    expect(await come()).toMatchObject({ kind: 'retry', code: 'remote-timeout' });
    clock.now += SETTLE;
    remote.connector.create = async () => ({ kind: 'exists' });
    expect(await come()).toEqual(held());
    expect(link()).toMatchObject({ state: 'held', code: 'conflict', creation: 'unknown' });
    expect(link().chosen).toBeUndefined();
    expect(remote.accounts()).toEqual(['']);
  });

  test('is found all the same when the create that got no answer made it', async () => {
    const { come, clock, remote, link } = chosen('new');
    remote.add('');
    remote.faults.create = async () => {
      remote.add('acme/dev/auth0|1');
      throw new RetryableError('remote-timeout');
    };
    await come();
    clock.now += SETTLE;
    expect(await come()).toEqual(provisioned);
    expect(link()).toMatchObject({ state: 'linked', ownership: 'created' });
    expect(remote.accounts()).toEqual(['', 'acme/dev/auth0|1']);
  });

  test('is the account of a user who became part of this one, and of no other', async () => {
    const handedOver = { accountId: 'acc-0', ownership: 'created', from: 'auth0|2' } as const;
    const { come, remote, link, holders } = chosen(handedOver, NO_ADOPTION);
    holders.set('acc-0', 'ref:auth0|2');
    remote.add('acme/dev/auth0|2');
    expect(await come()).toEqual(provisioned);
    expect(remote.accounts()).toEqual(['acme/dev/auth0|1']);
    expect(link()).toMatchObject({ accountId: 'acc-0', ownership: 'created' });
    expect(holders.get('acc-0')).toBe('ref:auth0|1');
    const stolen = chosen(handedOver, NO_ADOPTION);
    const account = stolen.remote.add('acme/dev/auth0|3');
    expect(await stolen.come()).toEqual(held());
    expect(stolen.remote.stored).toEqual([account]);
  });
});
