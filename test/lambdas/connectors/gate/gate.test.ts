import fc from 'fast-check';
import type { BreakerState } from '../../../../events/breaker-state';
import type { Admitted, Gate } from '../../../../lambdas/connectors/gate/gate';
import { type Sample, UNCLEAR, WELL } from '../../../../lambdas/connectors/gate/sample-of';
import { KNOWN_FOR_MS } from '../../../../lambdas/system-items/known-item';
import { createSharedItem, type SharedItem } from '../../../../lambdas/system-items/shared-item';
import { NOW } from '../../../helpers/events';
import { createItemInMemory, POLICY } from '../../../helpers/gate';
import { type StartedSystemTable, SYSTEM_TABLE, startSystemTable } from '../../../helpers/system-table';
import { asking, attempt, instances } from '../helpers/gates';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DOWN: Sample = { says: 'remote-unavailable' };

function setUp(count = 1) {
  const { item, state } = createItemInMemory<BreakerState>();
  return { ...instances(count, item), state };
}

async function failFor(gate: Gate, users: number, sample = DOWN): Promise<void> {
  for (let user = 0; user < users; user += 1) await attempt(gate, `user-${user}`, sample);
}

describe('while all is well', () => {
  test('a message costs no write, and one read in five seconds', async () => {
    const { gate, clock, state } = setUp();
    for (let message = 0; message < 100; message += 1) {
      await Promise.all([attempt(gate, `a-${message}`, WELL), attempt(gate, `b-${message}`, WELL)]);
      clock.now += 100;
    }
    expect(state).toMatchObject({ reads: 2, writes: 0 });
  });
});

describe('when too many users fail', () => {
  test('nobody calls the system until the probe', async () => {
    const { gate, clock } = setUp();
    await failFor(gate, 10);
    clock.now += 10 * SECOND;
    expect(await gate.admit('user-77')).toEqual({
      admitted: false,
      code: 'breaker-open',
      forMs: 20 * SECOND,
    });
  });

  test('other instances know it within seconds', async () => {
    const { gates, clock } = setUp(2);
    const [one, other] = gates as [Gate, Gate];
    await attempt(other, 'early', WELL);
    await failFor(one, 10);
    clock.now += KNOWN_FOR_MS;
    expect(await other.admit('user-77')).toMatchObject({ admitted: false });
  });

  test('one good probe closes it for all, and what was seen before it does not open it again', async () => {
    const { gates, clock } = setUp(2);
    const [one, other] = gates as [Gate, Gate];
    await failFor(one, 10);
    await failFor(other, 9);
    clock.now += 30 * SECOND;
    expect(await attempt(other, 'probe', WELL)).toBe(true);
    clock.now += KNOWN_FOR_MS;
    await failFor(one, 9);
    expect(await attempt(one, 'well', WELL)).toBe(true);
    expect(await attempt(other, 'well', WELL)).toBe(true);
  });

  test('an attempt that began before and ends after the breaker opened and closed says nothing', async () => {
    const { gate, clock, state } = setUp();
    const slow = await Promise.all(Array.from({ length: 20 }, (_, user) => gate.admit(`slow-${user}`)));
    await failFor(gate, 10);
    clock.now += 30 * SECOND;
    await attempt(gate, 'probe', WELL);
    for (const entry of slow) if (entry.admitted) await entry.settle(DOWN);
    expect(state.shared?.value.state).toBe('closed');
  });

  test('a bad probe opens it for longer', async () => {
    const { gate, clock, state } = setUp();
    await failFor(gate, 10);
    clock.now += 30 * SECOND;
    await attempt(gate, 'probe', { says: 'remote-timeout' });
    const { value } = state.shared ?? {};
    expect(value).toMatchObject({ state: 'open', since: NOW, code: 'remote-timeout' });
    expect(value?.probeAt).toBe(clock.now + 60 * SECOND);
  });

  test('it is said in the log and in a metric, and that it is over too', async () => {
    const { gate, clock, lines, told } = setUp();
    await failFor(gate, 10);
    await gate.admit('user-77');
    clock.now += 30 * SECOND;
    await attempt(gate, 'probe', WELL);
    expect(lines).toEqual([
      { words: 'breaker opened', fields: { system: 'crm', code: 'remote-unavailable' } },
      { words: 'breaker closed', fields: { system: 'crm' } },
    ]);
    expect(told.flat().map(({ name, value }) => [name, value])).toEqual([
      ['BreakerOpen', 1],
      ['BreakerOpen', 1],
      ['BreakerOpen', 0],
    ]);
  });
});

describe('a probe', () => {
  test('that never came to call the system is followed by the next message', async () => {
    const { gate, clock } = setUp();
    await failFor(gate, 10);
    clock.now += 30 * SECOND;
    await attempt(gate, 'nothing-to-do', UNCLEAR);
    expect(await attempt(gate, 'next', WELL)).toBe(true);
    expect(await attempt(gate, 'all', WELL)).toBe(true);
  });

  test('whose worker died is followed by another once that worker must be dead', async () => {
    const { gate, clock } = setUp();
    await failFor(gate, 10);
    clock.now += 30 * SECOND;
    expect(await gate.admit('dies')).toMatchObject({ admitted: true });
    clock.now += POLICY.probeMs - 1;
    expect(await gate.admit('waits')).toMatchObject({ admitted: false });
    clock.now += 1;
    expect(await gate.admit('takes-over')).toMatchObject({ admitted: true });
  });

  test('is settled once, however often its worker says how it went', async () => {
    const { gate, clock, state } = setUp();
    await failFor(gate, 10);
    clock.now += 30 * SECOND;
    const entry = (await gate.admit('probe')) as Admitted;
    await entry.settle(WELL);
    await entry.settle(UNCLEAR);
    expect(state.shared?.value.state).toBe('closed');
  });
});

describe('a system that asks for time', () => {
  test.each([1, 900])('two users, for %i seconds, gets it from every instance', async (seconds) => {
    const { gates, clock, state, lines, told } = setUp(2);
    const [one, other] = gates as [Gate, Gate];
    await attempt(one, 'first', asking(seconds));
    await attempt(one, 'second', asking(seconds));
    const refused = { admitted: false, code: 'remote-throttled', forMs: seconds * SECOND };
    expect(await one.admit('next')).toEqual(refused);
    expect(await other.admit('next')).toEqual(refused);
    expect(state.writes).toBe(2);
    const fields = { system: 'crm', code: 'remote-throttled', afterMs: seconds * SECOND };
    expect(lines).toEqual([{ words: 'system held back', fields }]);
    expect(told.flat()).toEqual(new Array(3).fill({ name: 'HeldBack', value: 1, unit: 'Count' }));
    clock.now += seconds * SECOND;
    expect(await other.admit('next')).toMatchObject({ admitted: true });
  });

  test('many users at once gets it with two writes', async () => {
    const { gate, state } = setUp();
    const entries = await Promise.all(Array.from({ length: 10 }, (_, user) => gate.admit(`user-${user}`)));
    await Promise.all(entries.map((entry) => entry.admitted && entry.settle(asking(30))));
    expect(state.writes).toBe(2);
  });

  test('one account, however often, holds nobody else back', async () => {
    const { gate, clock, state } = setUp();
    for (let round = 0; round < 20; round += 1) {
      expect(await attempt(gate, 'locked', asking(60))).toBe(true);
      expect(await attempt(gate, 'locked', asking(60))).toBe(true);
      expect(await attempt(gate, `user-${round}`, WELL)).toBe(true);
      clock.now += SECOND;
    }
    expect(state.shared?.value.pausedUntil).toBeUndefined();
    // That it was told to wait, and that somebody else was served.
    expect(state.writes).toBe(2);
  });

  test('two accounts, while it serves those between them, holds nobody else back', async () => {
    const { gate, state } = setUp();
    for (const user of ['locked-1', 'well-1', 'locked-2', 'well-2', 'locked-1', 'well-3']) {
      await attempt(gate, user, user.startsWith('locked') ? asking(900) : WELL);
    }
    expect(state.shared?.value.pausedUntil).toBeUndefined();
  });

  test('a second user, who came when the time of the first was over, holds nobody else back', async () => {
    const { gate, clock, state } = setUp();
    await attempt(gate, 'first', asking(30));
    clock.now += 30 * SECOND;
    await attempt(gate, 'second', asking(30));
    expect(state.shared?.value.pausedUntil).toBeUndefined();
  });

  test('users whose calls take longer than it asks for gets it too', async () => {
    const { gate, clock, state } = setUp();
    const entries = [await gate.admit('first'), await gate.admit('second')];
    for (const entry of entries) {
      clock.now += 3 * SECOND;
      if (entry.admitted) await entry.settle(asking(1));
    }
    expect(state.shared?.value.pausedUntil).toBe(clock.now + SECOND);
  });

  test('one user for hours and another for a second gets a second', async () => {
    const { gate, clock, state } = setUp();
    await attempt(gate, 'locked', asking(7200));
    await attempt(gate, 'second', asking(1));
    expect(state.shared?.value.pausedUntil).toBe(clock.now + SECOND);
  });

  test('a probe gets it at once, but no longer than for a failure, and the breaker stays as it was', async () => {
    const { gate, clock, state, lines } = setUp();
    await failFor(gate, 10);
    clock.now += 30 * SECOND;
    await attempt(gate, 'probe-1', asking(7));
    expect(await gate.admit('next')).toMatchObject({ code: 'breaker-open', forMs: 7 * SECOND });
    clock.now += 7 * SECOND;
    await attempt(gate, 'probe-2', asking(900));
    expect(await gate.admit('next')).toMatchObject({ code: 'breaker-open', forMs: 30 * SECOND });
    expect(state.shared?.value).toMatchObject({ state: 'open', openings: 1, code: 'remote-unavailable' });
    expect(lines.map(({ words }) => words)).toEqual(['breaker opened']);
  });

  test('two probes of two users gets all of it', async () => {
    const { gate, clock, state } = setUp();
    await failFor(gate, 10);
    clock.now += 30 * SECOND;
    await attempt(gate, 'probe-1', asking(600));
    clock.now += 30 * SECOND;
    await attempt(gate, 'probe-2', asking(600));
    expect(await gate.admit('next')).toMatchObject({ code: 'remote-throttled', forMs: 600 * SECOND });
    expect(state.shared?.value.state).toBe('open');
  });
});

describe('a table that fails', () => {
  test('stops nobody, and is said in the log', async () => {
    const { gate, state, lines } = setUp();
    state.failing = true;
    await failFor(gate, 20);
    expect(await attempt(gate, 'next', WELL)).toBe(true);
    expect(lines.map(({ words }) => words)).toContain('breaker not read');
  });

  test('leaves an open breaker as it was known, and stops nobody once a probe is due', async () => {
    const { gate, clock, state } = setUp();
    await failFor(gate, 10);
    state.failing = true;
    clock.now += 10 * SECOND;
    expect(await gate.admit('waits')).toMatchObject({ admitted: false });
    clock.now += 20 * SECOND;
    expect(await attempt(gate, 'goes', WELL)).toBe(true);
  });
});

describe('in DynamoDB', () => {
  let table: StartedSystemTable;
  beforeAll(async () => {
    table = await startSystemTable();
  });
  afterAll(() => table?.stop());

  const itemOf = (system: string) =>
    createSharedItem<BreakerState>(table.client, SYSTEM_TABLE, { system, item: 'breaker' });

  test('of ten instances that want to be the probe at once one is', async () => {
    const { gates, gate, clock } = instances(10, itemOf('crowd'));
    await failFor(gate, 10);
    clock.now += 30 * SECOND;
    const entries = await Promise.all(
      gates.flatMap((one) => [1, 2, 3].map((message) => one.admit(`user-${message}`))),
    );
    const admitted = entries.filter((entry) => entry.admitted) as Admitted[];
    expect(admitted).toHaveLength(1);
    await admitted[0]?.settle(WELL);
    expect((await itemOf('crowd').read())?.value).toMatchObject({ state: 'closed', openings: 1 });
  });

  test('ten instances that all see the system fail open it once', async () => {
    const { gates, lines } = instances(10, itemOf('together'));
    await Promise.all(gates.map((gate) => failFor(gate, 10)));
    expect(lines.filter(({ words }) => words === 'breaker opened')).toHaveLength(1);
    expect((await itemOf('together').read())?.value).toMatchObject({ state: 'open', openings: 1 });
  });

  test('a write that was made although its answer was lost is known as one of our own', async () => {
    const item = itemOf('lost');
    const lossy: SharedItem<BreakerState> = {
      read: item.read,
      // The SDK repeats what was not answered, and the condition does not hold any more.
      write: async (value, previous) => (await item.write(value, previous)) && item.write(value, previous),
    };
    const { gate, clock } = instances(1, lossy);
    await failFor(gate, 10);
    clock.now += 30 * SECOND;
    expect(await gate.admit('probe')).toMatchObject({ admitted: true });
  });
});

describe('whatever happens', () => {
  /** What one of the instances does next, and how long after the last thing. */
  const step = fc.record({
    instance: fc.nat(3),
    user: fc.nat(14),
    afterMs: fc.constantFrom(0, 100, SECOND, 5 * SECOND, 31 * SECOND, 101 * SECOND, 6 * MINUTE),
    end: fc.constantFrom('soon', 'soon', 'soon', 'late', 'never'),
    sample: fc.constantFrom(WELL, DOWN, WELL, DOWN, asking(10)),
  });

  test('one probe at most is under way, transitions are few, and a system that is well is soon served', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 120, size: 'max' }), async (steps) => {
        const { gates, clock, state, lines } = setUp(4);
        const slow: { entry: Admitted; sample: Sample; probing: boolean; at: number }[] = [];
        for (const { instance, user, afterMs, end, sample } of steps) {
          clock.now += afterMs;
          const before = state.shared?.value;
          const entry = await (gates[instance] as Gate).admit(`user-${user}`);
          if (!entry.admitted) continue;
          const probing = state.shared?.value.state === 'half-open' && before !== state.shared.value;
          if (probing) {
            const alive = slow.filter((one) => one.probing && clock.now - one.at < POLICY.probeMs);
            expect(alive).toEqual([]);
          }
          if (end === 'soon') await entry.settle(sample);
          else slow.push({ entry, sample, probing, at: clock.now });
          if (end !== 'late') continue;
          const [late] = slow.splice(0, 1);
          await late?.entry.settle(late.sample);
        }
        const opened = lines.filter(({ words }) => words === 'breaker opened').length;
        expect(opened).toBeLessThanOrEqual(steps.length / POLICY.minimumUsers);
        // All who were under way are dead. From now on the system is well, and a message comes each second.
        for (let second = 0; second < 1_100; second += 1) {
          clock.now += SECOND;
          await attempt(gates[second % 4] as Gate, 'patient', WELL);
        }
        expect(state.shared?.value.state ?? 'closed').toBe('closed');
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
