import { LINK_STATES } from '../../../events/link-state';
import { unsettledKeyOf, unsettledKeysOf } from '../../../events/unsettled-links';
import { userRefOf } from '../../../events/user-ref';
import { OutcomeUnknownError, RejectedError, RetryableError } from '../../../lambdas/connectors/connector';
import { createMapping } from '../../../lambdas/connectors/intent/mapping';
import { createScope } from '../../../lambdas/connectors/intent/scope';
import { createProvision } from '../../../lambdas/connectors/provision';
import { claimed, closed } from '../../../lambdas/user-links/transitions';
import { createReservationsInMemory, NO_ADOPTION } from '../../helpers/adoption';
import { anAcceptedEvent, anEvent, NOW } from '../../helpers/events';
import { OPEN_GATE } from '../../helpers/gate';
import { aLink, createLinksInMemory } from '../../helpers/links';
import { createRemoteSystem } from '../../helpers/remote-system';

const MINUTE = 60_000;

/** A worker of `crm`, and every row that it ever wrote. */
function setUp() {
  const { links, written, only } = createLinksInMemory();
  const remote = createRemoteSystem();
  const clock = { now: NOW };
  const provision = createProvision({
    system: 'crm',
    links,
    connector: remote.connector,
    scope: createScope(null),
    provisionAt: 'registration',
    jit: null,
    after: [],
    mapping: createMapping([{ to: 'email', from: ['email'] }]),
    adoption: NO_ADOPTION,
    ...createReservationsInMemory(),
    identify: async (userId) => ({ userRef: userRefOf('pepper', 'acme', userId), externalId: userId }),
    now: () => clock.now,
    random: () => 0.5,
    newToken: () => `token-${clock.now}`,
    leaseMs: 90_000,
    settleMs: 15_000,
    retry: { baseMs: 1000, capMs: 900_000, horizonMs: 0, minAttempts: 2, budgetMs: 86_400_000 },
    leave: { ending: 'delete', afterMs: 0, graceMs: 0, onLeaveScope: 'disable' },
    accountRefOf: async (accountId) => accountId,
    gate: OPEN_GATE,
    admitDeletion: async () => true,
  });
  const run = (userId = 'auth0|1') =>
    provision(anAcceptedEvent({ event: anEvent({ user: { user_id: userId } }) }));
  return { run, remote, written, only, clock };
}

const failing = (error: Error) => async (): Promise<never> => {
  throw error;
};

test('a link that is made at once never touches the index, whoever it is and whatever it is adopted from', async () => {
  const { run, remote, written } = setUp();
  remote.add('auth0|7');
  for (let user = 0; user < 50; user += 1) await run(`auth0|${user}`);
  expect(written).toHaveLength(100);
  expect(new Set(written.map(({ state }) => state))).toEqual(new Set(['pending', 'linked']));
  expect(written.filter((row) => 'unsettled' in row)).toEqual([]);
});

describe('a link is in the index', () => {
  test('while it waits for its next attempt, and while that is under way', async () => {
    const { run, remote, written, clock } = setUp();
    remote.connector.find = failing(new RetryableError('remote-unavailable'));
    await run();
    clock.now += MINUTE;
    await run();
    const key = expect.stringMatching(/^crm#[0-3]$/);
    expect(written.map(({ state, unsettled }) => [state, unsettled])).toEqual([
      ['pending', undefined],
      ['pending', key],
      ['pending', key],
      ['failed', key],
    ]);
    expect(new Set(written.slice(1).map(({ unsettled }) => unsettled)).size).toBe(1);
  });

  test.each([
    ['rejected', 'find', failing(new RejectedError('filter-ignored'))],
    ['held', 'create', async () => ({ kind: 'exists' }) as const],
    ['pending', 'create', failing(new OutcomeUnknownError('remote-timeout'))],
    ['pending', 'find', failing(new TypeError('a defect'))],
  ] as const)('when it ends as %s (%#)', async (state, verb, behaviour) => {
    const { run, remote, only } = setUp();
    remote.connector[verb] = behaviour as never;
    await run();
    expect(only()).toMatchObject({ state, unsettled: expect.stringMatching(/^crm#[0-3]$/) });
  });

  test('until it is healed, and not a moment longer', async () => {
    const { run, remote, only, clock } = setUp();
    const { find } = remote.connector;
    remote.connector.find = failing(new RejectedError('filter-ignored'));
    await run();
    expect(only()).toHaveProperty('unsettled');
    remote.connector.find = find;
    clock.now += MINUTE;
    await run();
    expect(only().state).toBe('linked');
    expect(only()).not.toHaveProperty('unsettled');
  });
});

test.each(LINK_STATES)(
  'whether a link that is %s belongs there follows from state and code alone',
  (state) => {
    const always = ['held', 'rejected', 'failed'].includes(state);
    expect(unsettledKeyOf(aLink({ state })) !== undefined).toBe(always);
    expect(unsettledKeyOf(aLink({ state, code: 'disabled' })) !== undefined).toBe(always);
    expect(unsettledKeyOf(aLink({ state, code: 'remote-unavailable' }))).toBeDefined();
  },
);

test('every key that a link of a system may have is among the keys to look under, and all are used', () => {
  const keys = Array.from({ length: 200 }, (_, user) =>
    unsettledKeyOf(aLink({ state: 'held', userRef: userRefOf('pepper', 'acme', `auth0|${user}`) })),
  );
  expect([...new Set(keys)].toSorted()).toEqual(unsettledKeysOf('crm'));
  for (const key of unsettledKeysOf('crm')) {
    expect(keys.filter((each) => each === key).length).toBeGreaterThan(20);
  }
});

test('a claim takes what is settled into no index', () => {
  const lease = { token: 'mine', until: NOW };
  const { userRef, system, user_id = '', acceptedAt, eventId, requestId } = aLink();
  const claim = { userRef, system, user_id, acceptedAt, eventId, requestId, lease, now: NOW };
  for (const state of LINK_STATES) {
    const before = aLink({ state });
    const after = claimed(before, claim);
    expect(after).not.toHaveProperty('unsettled');
    const linked = { state: 'linked', accountId: 'a', ownership: 'created' } as const;
    expect(closed({ ...after, unsettled: 'crm#1' }, linked, NOW)).not.toHaveProperty('unsettled');
  }
});
