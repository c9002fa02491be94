import { type BreakerState, NEVER_OPENED } from '../../../../events/breaker-state';
import { knownForMs } from '../../../../lambdas/connectors/gate/asked-for-time';
import type { Gate } from '../../../../lambdas/connectors/gate/gate';
import { type Sample, WELL } from '../../../../lambdas/connectors/gate/sample-of';
import { KNOWN_FOR_MS } from '../../../../lambdas/system-items/known-item';
import type { SharedItem } from '../../../../lambdas/system-items/shared-item';
import { createSharedItem } from '../../../../lambdas/system-items/shared-item';
import { NOW } from '../../../helpers/events';
import { createItemInMemory } from '../../../helpers/gate';
import { type StartedSystemTable, SYSTEM_TABLE, startSystemTable } from '../../../helpers/system-table';
import { asking, attempt, instances } from '../helpers/gates';

const SECOND = 1000;
const OPEN: BreakerState = { state: 'open', since: NOW, openings: 1, code: 'remote-timeout', probeAt: NOW };

/** A message a second for ten minutes, given to the instances in turn. */
async function tenMinutes(count: number, first: BreakerState, answer: (userRef: string) => Sample) {
  const { item, state } = createItemInMemory<BreakerState>();
  await item.write(first, undefined);
  state.writes = 0;
  const { gates, clock } = instances(count, item);
  const calls: string[] = [];
  for (let message = 0; message < 600; message += 1) {
    const userRef = message % 7 === 3 ? 'locked' : `user-${message}`;
    const wasCalled = await attempt(gates[message % count] as Gate, userRef, answer(userRef));
    if (wasCalled) calls.push(userRef);
    clock.now += SECOND;
  }
  return { calls, state };
}

describe.each([5, 20])('with %i instances', (count) => {
  test.each([
    ['closed', 4, NEVER_OPENED],
    ['closed', 10, NEVER_OPENED],
    ['open', 4, OPEN],
    ['open', 10, OPEN],
  ])('a breaker that is %s leaves a system alone that asks everybody for %i s', async (_, seconds, first) => {
    const { calls, state } = await tenMinutes(count, first, () => asking(seconds));
    const windows = 600 / seconds;
    expect(calls.length).toBeGreaterThanOrEqual(windows);
    expect(calls.length).toBeLessThanOrEqual(windows * 1.1);
    // A pause is one write; a probe is the claim, its end and who was told.
    expect(state.writes).toBeLessThanOrEqual((first === OPEN ? 3 : 1) * windows * 1.1);
  });

  test.each([1, 4, 60, 7200])(
    'an account that is told to wait %i s each time delays nobody',
    async (seconds) => {
      const isLocked = (userRef: string) => userRef === 'locked';
      const { calls, state } = await tenMinutes(count, NEVER_OPENED, (userRef) =>
        isLocked(userRef) ? asking(seconds) : WELL,
      );
      expect(calls).toHaveLength(600);
      // Who was told and that others are served: once for as long as it is to wait, however often it comes.
      const told = calls.filter(isLocked).length;
      expect(state.writes).toBeLessThanOrEqual(2 * Math.min(told, Math.ceil(600 / seconds)));
    },
  );

  test('an account that is told to wait each time, and is the probe, delays the others by a pause', async () => {
    const { calls } = await tenMinutes(count, { ...OPEN, probeAt: NOW + 3 * SECOND }, (userRef) =>
      userRef === 'locked' ? asking(7200) : WELL,
    );
    expect(calls[0]).toBe('locked');
    expect(calls.length).toBe(600 - 3 - 29);
  });
});

function setUp(count: number) {
  const { item, state } = createItemInMemory<BreakerState>();
  return { ...instances(count, item), item, state };
}

describe('a user who is told to wait', () => {
  test('and one in another instance begin a pause', async () => {
    const { gates, clock, state } = setUp(2);
    const [one, other] = gates as [Gate, Gate];
    await attempt(other, 'early', WELL);
    clock.now += 1;
    await attempt(one, 'first', asking(30));
    clock.now += SECOND;
    await attempt(other, 'second', asking(30));
    expect(state.shared?.value.pausedUntil).toBe(clock.now + 30 * SECOND);
  });

  test('begins the next pause alone, while nobody was served', async () => {
    const { gate, clock, state } = setUp(1);
    await attempt(gate, 'first', asking(30));
    await attempt(gate, 'second', asking(30));
    clock.now += 59 * SECOND;
    await attempt(gate, 'third', asking(30));
    expect(state.shared?.value.pausedUntil).toBe(clock.now + 30 * SECOND);
    clock.now += 60 * SECOND;
    await attempt(gate, 'fourth', asking(30));
    expect(state.shared?.value.pausedUntil).toBe(clock.now - 30 * SECOND);
  });

  test('begins none after somebody was served, in whichever instance', async () => {
    const { gates, clock, state } = setUp(3);
    const [one, other, third] = gates as [Gate, Gate, Gate];
    await attempt(one, 'first', asking(30));
    await attempt(one, 'second', asking(30));
    clock.now += 30 * SECOND;
    await attempt(other, 'third', WELL);
    clock.now += 1;
    await attempt(third, 'fourth', asking(30));
    expect(state.shared?.value.pausedUntil).toBe(NOW + 30 * SECOND);
    await attempt(other, 'fifth', asking(30));
    expect(state.shared?.value.pausedUntil).toBe(clock.now + 30 * SECOND);
  });

  test('begins none where others are served, although this instance did not know yet of the first', async () => {
    const { gates, clock, state } = setUp(2);
    const [one, other] = gates as [Gate, Gate];
    await attempt(other, 'early', WELL);
    await attempt(one, 'locked-1', asking(900));
    clock.now += SECOND;
    await attempt(other, 'well', WELL);
    await attempt(other, 'locked-2', asking(900));
    expect(state.shared?.value.pausedUntil).toBeUndefined();
  });

  test.each([
    ['of the same user', 'first', 0],
    ['that began before', 'slow', -1],
  ])('begins one in spite of a success %s', async (_, userRef, since) => {
    const { gate, clock, state } = setUp(1);
    clock.now += since;
    const slow = await gate.admit(userRef);
    clock.now = NOW;
    await attempt(gate, 'first', asking(30));
    if (slow.admitted) await slow.settle(WELL);
    await attempt(gate, 'second', asking(30));
    expect(state.shared?.value.pausedUntil).toBe(NOW + 30 * SECOND);
  });

  test('is not named in the item', async () => {
    const { gate, state } = setUp(1);
    const userRef = 'q0H1Ue5nUhqcGkyY3pJ9yFiqVzVRg3Xk7x0b4C2dE6s';
    await attempt(gate, userRef, asking(30));
    expect(state.shared?.value.asked?.user).toBe('E6s');
    expect(JSON.stringify(state.shared)).not.toContain(userRef.slice(-4));
  });

  test('for less than a second costs no write', async () => {
    const { gate, state } = setUp(1);
    await attempt(gate, 'first', asking(0.9));
    await attempt(gate, 'second', asking(0.9));
    expect(state.writes).toBe(0);
  });
});

describe('of two instances that write at once', () => {
  /** Two that share an item; the other one writes between what the first one read and its write. */
  function racing(meanwhile: (other: Gate) => Promise<unknown>) {
    const { item, state } = createItemInMemory<BreakerState>();
    let isArmed = false;
    const raced: SharedItem<BreakerState> = {
      read: item.read,
      async write(value, previous) {
        if (isArmed) {
          isArmed = false;
          await meanwhile(other);
        }
        return item.write(value, previous);
      },
    };
    const { gate, clock } = instances(1, raced);
    const { gate: other } = instances(1, item, clock);
    const arm = () => {
      isArmed = true;
    };
    return { gate, other, clock, state, arm };
  }

  test('that a user was told, the second one begins the pause', async () => {
    const { gate, state, arm } = racing((other) => attempt(other, 'second', asking(30)));
    arm();
    await attempt(gate, 'first', asking(30));
    expect(state.shared?.value.pausedUntil).toBe(NOW + 30 * SECOND);
  });

  test('that all wait, one pause comes of it', async () => {
    const { gate, state, arm } = racing((other) => attempt(other, 'third', asking(30)));
    await attempt(gate, 'first', asking(30));
    arm();
    await attempt(gate, 'second', asking(30));
    expect(state.shared).toMatchObject({ revision: 2, value: { pausedUntil: NOW + 30 * SECOND } });
  });

  test('that somebody was served and that all wait, the pause stays', async () => {
    const { gate, clock, state, arm } = racing(async (other) => {
      clock.now += SECOND;
      await attempt(other, 'second', asking(30));
    });
    await attempt(gate, 'first', asking(30));
    arm();
    await attempt(gate, 'well', WELL);
    expect(state.shared?.value).toMatchObject({
      pausedUntil: NOW + 31 * SECOND,
      asked: { at: NOW + SECOND },
    });
    expect(state.shared?.value.asked?.served).toBeUndefined();
  });

  test('that somebody was served and who was told, no pause comes of it', async () => {
    const { gate, state, arm } = racing((other) => attempt(other, 'well', WELL));
    await attempt(gate, 'first', asking(30));
    arm();
    await attempt(gate, 'second', asking(30));
    expect(state.shared?.value.pausedUntil).toBeUndefined();
    expect(state.shared?.value.asked?.user).toBe('ond');
  });

  test('that a user was told and that the breaker opened, it is open', async () => {
    const { gate, state, arm } = racing(async (other) => {
      for (let user = 0; user < 10; user += 1) {
        await attempt(other, `user-${user}`, { says: 'remote-unavailable' });
      }
    });
    arm();
    await attempt(gate, 'first', asking(30));
    expect(state.shared?.value).toMatchObject({ state: 'open', openings: 1, asked: { user: 'rst' } });
  });
});

describe('in DynamoDB', () => {
  let table: StartedSystemTable;
  beforeAll(async () => {
    table = await startSystemTable();
  });
  afterAll(() => table?.stop());

  test('of twenty instances that are told at once one begins the pause', async () => {
    const key = { system: 'busy', item: 'breaker' };
    const item = createSharedItem<BreakerState>(table.client, SYSTEM_TABLE, key);
    const { gates, lines } = instances(20, item);
    const entries = await Promise.all(gates.map((gate, user) => gate.admit(`user-${user}`)));
    await Promise.all(entries.map((entry) => entry.admitted && entry.settle(asking(30))));
    expect(lines.map(({ words }) => words)).toEqual(['system held back']);
    const shared = await item.read();
    expect(shared).toMatchObject({ revision: 2, value: { state: 'closed', pausedUntil: NOW + 30 * SECOND } });
  });
});

describe('what is known of the item', () => {
  const asked = { user: 'rst', beganAt: NOW, at: NOW, forMs: 10 * SECOND };
  const known = (fields: Partial<BreakerState>, after = 0) =>
    knownForMs({ ...NEVER_OPENED, ...fields }, NOW + after * SECOND);

  test('is read again after seconds, and sooner only while one user decides for all', () => {
    expect(known({})).toBe(KNOWN_FOR_MS);
    expect(known({ asked })).toBeLessThan(SECOND);
    expect(known({ asked: { ...asked, served: true } })).toBe(KNOWN_FOR_MS);
    expect(known({ asked }, 10)).toBe(KNOWN_FOR_MS);
  });

  test('is read again when a pause is over, because somebody may have begun the next one', () => {
    const pausedUntil = NOW + 20 * SECOND;
    expect(known({ asked, pausedUntil })).toBe(KNOWN_FOR_MS);
    expect(known({ asked, pausedUntil }, 18)).toBe(2 * SECOND);
    expect(known({ asked, pausedUntil }, 20)).toBeLessThan(SECOND);
    expect(known({ asked, pausedUntil }, 30)).toBe(KNOWN_FOR_MS);
    expect(known({ ...OPEN, probeAt: NOW + 3 * SECOND })).toBe(3 * SECOND);
  });
});
