import { LINK_STATES } from '../../events/link-state';
import { type ExpectedSystem, readinessOf, type StandingRow, standingOf } from '../../events/readiness';

type Told = Partial<Pick<ExpectedSystem, 'awaited' | 'onRequest' | 'jit'>>;

const standing = (state: string, code?: string, told: Told = {}) =>
  standingOf({ state, ...(code !== undefined && { code }) }, told);

test.each([
  ['pending', 'waiting'],
  ['linked', 'ready'],
  ['handed-over', 'ready'],
  ['skipped', 'waiting'],
  ['held', 'failed'],
  ['rejected', 'failed'],
  ['failed', 'failed'],
  ['disabled', 'waiting'],
  ['deprovisioning', 'waiting'],
  ['deprovisioned', 'waiting'],
])('a link that is %s leaves a person %s', (state, expected) => {
  expect(standing(state)).toBe(expected);
});

test('every state is in the table above, and one of a newer version says nothing', () => {
  expect(LINK_STATES).toHaveLength(10);
  expect(standing('hibernating')).toBe('waiting');
});

test.each([
  ['skipped', 'out-of-scope', 'not-needed'],
  ['skipped', 'jit-off', 'not-needed'],
  ['skipped', 'scope-unknown', 'waiting'],
  ['skipped', 'not-asked-yet', 'waiting'],
  ['disabled', 'out-of-scope', 'not-needed'],
  ['deprovisioning', 'out-of-scope', 'not-needed'],
  ['deprovisioned', 'out-of-scope', 'not-needed'],
  ['deprovisioned', 'jit-off', 'not-needed'],
  ['deprovisioned', 'deleted', 'waiting'],
  ['held', 'out-of-scope', 'failed'],
  ['pending', 'remote-timeout', 'waiting'],
  ['linked', 'remote-timeout', 'ready'],
  ['handed-over', 'out-of-scope', 'ready'],
])('a link that is %s with the code %s leaves a person %s', (state, code, expected) => {
  expect(standing(state, code)).toBe(expected);
});

test('what was handed over is waited for, where the system signs off', () => {
  expect(standing('handed-over', undefined, { awaited: true })).toBe('waiting');
});

test('a row that was written before somebody came by a connection that brings accounts is old', () => {
  expect(standing('skipped', 'jit-off', { jit: true })).toBe('waiting');
  expect(standing('skipped', 'jit-off', { jit: false })).toBe('not-needed');
});

test('nobody waits at each login for a scope that no event ever tells of', () => {
  const unknown = (ageMs: number) =>
    standingOf({ state: 'skipped', code: 'scope-unknown', ageMs }, { jit: true });
  expect([unknown(0), unknown(60_000), unknown(60_001)]).toEqual(['waiting', 'waiting', 'not-needed']);
});

test('who asked for nothing needs nothing of a system that makes accounts on request', () => {
  expect(standing('skipped', 'not-asked-yet', { onRequest: true })).toBe('not-needed');
  expect(standingOf(undefined, { onRequest: true })).toBe('not-needed');
  expect(standing('pending', undefined, { onRequest: true })).toBe('waiting');
});

test.each(LINK_STATES)(
  'nobody waits for an account in a life that is over, where the link is %s',
  (state) => {
    expect(standingOf({ state, over: true }, { jit: true })).toBe('not-needed');
  },
);

test('no row is an account to come, unless the connection brings none', () => {
  expect(standingOf(undefined, {})).toBe('waiting');
  expect(standingOf(undefined, { jit: true })).toBe('waiting');
  expect(standingOf(undefined, { jit: false })).toBe('not-needed');
});

describe('a person', () => {
  const systems = [
    { name: 'crm', required: true },
    { name: 'desk', required: true },
    { name: 'mail', required: false },
  ];
  const rows = (states: Readonly<Record<string, string>>) =>
    Object.entries(states).map(([system, state]) => ({ system, state }));

  test.each([
    [
      { crm: 'linked', desk: 'linked', mail: 'linked' },
      { all: true, settled: true, failed: [] },
    ],
    [
      { crm: 'linked', desk: 'linked' },
      { all: false, settled: true, failed: [] },
    ],
    [
      { crm: 'linked', desk: 'linked', mail: 'failed' },
      { all: false, settled: true, failed: [] },
    ],
    [
      { crm: 'linked', desk: 'rejected', mail: 'linked' },
      { all: false, settled: true, failed: ['desk'] },
    ],
    [
      { crm: 'pending', desk: 'held', mail: 'linked' },
      { all: false, settled: false, failed: ['desk'] },
    ],
    [{}, { all: false, settled: false, failed: [] }],
  ])('of %j is judged by all systems, and settled by the required ones', (states, expected) => {
    expect(readinessOf(rows(states), systems)).toMatchObject(expected);
  });

  test('is told of system by system, in the order of the configuration, and of no other', () => {
    const of = readinessOf(rows({ gone: 'failed', desk: 'linked', crm: 'pending' }), systems);
    expect(of.systems).toEqual([
      { name: 'crm', required: true, standing: 'waiting' },
      { name: 'desk', required: true, standing: 'ready' },
      { name: 'mail', required: false, standing: 'waiting' },
    ]);
  });

  describe('who was promised something in the login that waits', () => {
    const promised = [...systems.slice(0, 1), { name: 'roles', required: false, onRequest: true }].map(
      (system) => (system.name === 'roles' ? { ...system, promisedMsAgo: 500 } : system),
    );
    const crm = { system: 'crm', state: 'linked' };
    const standsWith = (row?: Omit<StandingRow, 'system'>) => {
      const { systems: seen, ...readiness } = readinessOf(
        row === undefined ? [crm] : [crm, { system: 'roles', ...row }],
        promised,
      );
      return [seen[1]?.standing, readiness];
    };

    test('waits for it, though the system is not required and nobody asked for it before', () => {
      const waits = ['waiting', { all: false, settled: false, failed: [] }];
      expect(standsWith()).toEqual(waits);
      expect(standsWith({ state: 'linked', ageMs: 501 })).toEqual(waits);
      expect(standsWith({ state: 'rejected', ageMs: 501 })).toEqual(waits);
    });

    test('has it by what was written since', () => {
      expect(standsWith({ state: 'linked', ageMs: 500 })).toEqual([
        'ready',
        { all: true, settled: true, failed: [] },
      ]);
    });

    test.each([
      ['a worker has it', { lease: { token: 'worker' } }],
      ['it is tried again', { code: 'remote-throttled' }],
    ])('waits where only an earlier one is known to be there: %s', (_, atWork) => {
      const waits = ['waiting', { all: false, settled: false, failed: [] }];
      expect(standsWith({ state: 'linked', ageMs: 0, ...atWork })).toEqual(waits);
      // Nobody else minds that an account is being changed.
      expect(standingOf({ state: 'linked', ageMs: 0, ...atWork }, {})).toBe('ready');
    });

    test('does not wait for what was given up', () => {
      const [standing] = standsWith({ state: 'failed', code: 'remote-throttled', ageMs: 0 });
      expect(standing).toBe('failed');
    });

    test('goes on without it when it cannot be had, and in a life that is over', () => {
      expect(standsWith({ state: 'rejected', ageMs: 0 })).toEqual([
        'failed',
        { all: false, settled: true, failed: [] },
      ]);
      expect(standsWith({ state: 'linked', ageMs: 900, over: true })).toEqual([
        'not-needed',
        { all: true, settled: true, failed: [] },
      ]);
    });
  });

  test('lacks nothing where there are no systems', () => {
    expect(readinessOf([], [])).toEqual({ all: true, settled: true, failed: [], systems: [] });
  });
});
