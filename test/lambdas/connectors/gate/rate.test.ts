import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import type { RateState } from '../../../../events/rate-state';
import { unlessUnknown } from '../../../../lambdas/connectors/accounts/unless-unknown';
import { RetryableError } from '../../../../lambdas/connectors/connector';
import { meteredConnector, meteredHttp } from '../../../../lambdas/connectors/gate/metered';
import { FULL, type Rate, type Turns, takeTurns } from '../../../../lambdas/connectors/gate/rate-bucket';
import { AT_ONCE, createTakeTurn } from '../../../../lambdas/connectors/gate/take-turn';
import { turnOf } from '../../../../lambdas/connectors/gate/turn-of';
import { createEnvironment } from '../../../../lambdas/runtime/environment';
import type { Metric } from '../../../../lambdas/runtime/metrics';
import { createSharedItem, type SharedItem } from '../../../../lambdas/system-items/shared-item';
import { anAnswer } from '../../../helpers/an-answer';
import { type Dynalite, startDynalite } from '../../../helpers/dynalite';
import { NOW } from '../../../helpers/events';
import { createItemInMemory } from '../../../helpers/gate';
import { createRemoteSystem } from '../../../helpers/remote-system';

const SECOND = 1000;
const ask = (wanted: number, now = NOW, withinMs = 60 * SECOND) => ({
  latest: Array.from({ length: wanted }, () => now + withinMs),
  now,
});
const waitsOf = (times: Turns['times'], now = NOW) => times.map((at) => at && Math.round(at - now));

/** Calls in any stretch of time stay below burst + rate x time. */
function expectBounded(times: readonly number[], { perSecond, burst }: Rate): void {
  const sorted = times.toSorted((one, other) => one - other);
  sorted.forEach((from, first) => {
    sorted.slice(first).forEach((to, more) => {
      const allowed = burst + ((to - from) / SECOND) * perSecond;
      if (more + 1 > allowed + 1e-3) throw new Error(`${more + 1} calls within ${to - from} ms`);
    });
  });
}

describe('turns', () => {
  test('come at once as long as some are saved up, then at the rate', () => {
    const { times } = takeTurns(FULL, { perSecond: 2, burst: 3 }, ask(5));
    expect(waitsOf(times)).toEqual([0, 0, 0, 500, 1000]);
  });

  test('are saved up again while nobody calls, up to the burst', () => {
    const rate = { perSecond: 2, burst: 3 };
    const { next } = takeTurns(FULL, rate, ask(3));
    const later = NOW + SECOND;
    expect(waitsOf(takeTurns(next, rate, ask(4, later)).times, later)).toEqual([0, 0, 500, 1000]);
    const muchLater = NOW + 999 * SECOND;
    expect(waitsOf(takeTurns(next, rate, ask(4, muchLater)).times, muchLater)).toEqual([0, 0, 0, 500]);
  });

  test('that come too late are not given, and nobody waits for them', () => {
    const rate = { perSecond: 1, burst: 1 };
    const { times, next } = takeTurns(FULL, rate, ask(5, NOW, 2 * SECOND));
    expect(waitsOf(times)).toEqual([0, 1000, 2000, undefined, undefined]);
    expect(takeTurns(next, rate, ask(1, NOW, 3 * SECOND)).times).toEqual([NOW + 3 * SECOND]);
  });

  test('that come too late for one are given to the next, who can wait', () => {
    const latest = [NOW, NOW + 100, NOW + SECOND];
    const { times, next } = takeTurns(FULL, { perSecond: 1, burst: 1 }, { latest, now: NOW });
    expect(waitsOf(times)).toEqual([0, undefined, 1000]);
    expect(next).toEqual({ nextAt: NOW + 2 * SECOND });
  });

  test('whoever asks when: calls stay below the rate, and none is lost', () => {
    const steps = fc.array(fc.record({ wanted: fc.integer({ min: 1, max: 10 }), afterMs: fc.nat(3000) }), {
      maxLength: 40,
    });
    const rates = fc.record({ perSecond: fc.constantFrom(0.5, 1, 3, 50), burst: fc.constantFrom(1, 2, 10) });
    fc.assert(
      fc.property(steps, rates, (asked, rate) => {
        let [state, now] = [FULL, NOW];
        const all: number[] = [];
        for (const { wanted, afterMs } of asked) {
          now += afterMs;
          const { times, next } = takeTurns(state, rate, ask(wanted, now, Number.POSITIVE_INFINITY));
          const given = times.filter((at) => at !== undefined);
          expect(given).toHaveLength(wanted);
          all.push(...given);
          state = next;
        }
        expectBounded(all, rate);
      }),
    );
  });
});

/** Instances of one function on a clock that goes on as they sleep; `calls` are the moments at which one may be made. */
function instances(count: number, item: SharedItem<RateState>, rate: Rate, longestWaitMs = 60 * SECOND) {
  const calls: number[] = [];
  const told: Metric[] = [];
  const turns = Array.from({ length: count }, () => {
    const clock = { now: NOW };
    const takeTurn = createTakeTurn({
      ...{ system: 'crm', item, rate, longestWaitMs, now: () => clock.now },
      sleep: async (ms) => void calls.push(clock.now + ms),
      metrics: (_, metrics) => void told.push(...metrics),
    });
    return takeTurn;
  });
  return { turns, calls, told };
}

describe('a call', () => {
  const RATE = { perSecond: 10, burst: 2 };

  test('waits for its turn, and says how long', async () => {
    const { item, state } = createItemInMemory<RateState>();
    const { turns, calls, told } = instances(1, item, RATE);
    await Promise.all([1, 2, 3, 4].map(() => turns[0]?.()));
    expect(waitsOf(calls)).toEqual([100, 200]);
    expect(told.map(({ name, value }) => [name, value])).toEqual([
      ['RateWait', 100],
      ['RateWait', 200],
    ]);
    expect(state.writes).toBe(1);
  });

  test('for which there is no turn in time is not made, and the message comes back', async () => {
    const { item } = createItemInMemory<RateState>();
    const { turns } = instances(1, item, { perSecond: 1, burst: 1 }, SECOND);
    const ended = await Promise.allSettled([1, 2, 3].map(() => turns[0]?.()));
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(ended[2]).toMatchObject({ reason: { code: 'rate-limited' } });
  });

  test('whose end comes before its turn does not wait for it, and nobody waits for it', async () => {
    const { item } = createItemInMemory<RateState>();
    const { turns, calls } = instances(1, item, { perSecond: 1, burst: 1 });
    const [takeTurn = AT_ONCE] = turns;
    const ended = await Promise.allSettled([takeTurn(), takeTurn(NOW + 999), takeTurn()]);
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(ended[1]).toMatchObject({ reason: { code: 'remote-timeout' } });
    expect(waitsOf(calls)).toEqual([1000]);
  });

  test('over HTTP is not made when whoever asked gave up in the meantime', async () => {
    const asker = new AbortController();
    const sent: string[] = [];
    const http = meteredHttp(
      async ({ method }) => {
        sent.push(method);
        return anAnswer(200);
      },
      async () => asker.abort(),
    );
    const end = { at: NOW, signal: asker.signal };
    const call = http({ method: 'POST', url: '', headers: {}, timeoutMs: 1, end });
    await expect(call).rejects.toMatchObject({ name: 'HttpError', reason: 'timeout' });
    expect(sent).toEqual([]);
  });

  test('is not made when turns cannot be counted', async () => {
    const { item, state } = createItemInMemory<RateState>();
    state.failing = true;
    const { turns } = instances(1, item, RATE);
    await expect(turns[0]?.()).rejects.toMatchObject({ code: 'store-unavailable' });
    state.failing = false;
    await expect(turns[0]?.()).resolves.toBeUndefined();
  });

  test.each(['rate-limited', 'store-unavailable'] as const)(
    'that was not made for %s leaves no doubt about its outcome',
    async (code) => {
      const call = unlessUnknown(Promise.reject(new RetryableError(code)), 'unknown');
      await expect(call).rejects.toMatchObject({ name: 'RetryableError', code });
    },
  );

  test('of each verb and over HTTP waits before it is made', async () => {
    const remote = createRemoteSystem();
    const refused = async () => {
      throw new RetryableError('rate-limited');
    };
    const connector = meteredConnector(remote.connector, refused);
    for (const verb of Object.values(connector)) {
      await expect((verb as () => Promise<unknown>)()).rejects.toMatchObject({ code: 'rate-limited' });
    }
    expect(Object.keys(connector).toSorted()).toEqual(Object.keys(remote.connector).toSorted());
    expect(remote.calls).toEqual([]);
    const http = meteredHttp(async () => {
      throw new Error('called');
    }, refused);
    await expect(http({ method: 'GET', url: '', headers: {}, timeoutMs: 1 })).rejects.toMatchObject({
      code: 'rate-limited',
    });
  });
});

test('a system without a rate is called at once, and nothing is counted', async () => {
  const environment = createEnvironment({ RATE: 'null' });
  await turnOf(environment, { send: () => Promise.reject(new Error('asked')) } as never)();
});

describe('in DynamoDB', () => {
  let dynalite: Dynalite;
  beforeAll(async () => {
    dynalite = await startDynalite();
    await dynalite.makeTable('items', { system: 'S', item: 'S' });
  });
  afterAll(() => dynalite?.stop());

  test('a function calls at the rate that its variables say', async () => {
    const client = DynamoDBDocumentClient.from(dynalite.client);
    const environment = createEnvironment({
      ...{ SYSTEM: 'video', SYSTEM_TABLE_NAME: 'items', PUNCTUAL_ENVIRONMENT: 'test' },
      RATE: '{"perSecond":20,"burst":1,"longestWaitMs":5000}',
    });
    const takeTurn = turnOf(environment, client);
    const from = Date.now();
    await Promise.all([takeTurn(), takeTurn(), takeTurn()]);
    expect(Date.now() - from).toBeGreaterThanOrEqual(95);
  });

  test('eight instances that race for turns stay below the rate together, and each gets all of its own', async () => {
    const client = DynamoDBDocumentClient.from(dynalite.client);
    const rate = { perSecond: 20, burst: 5 };
    const item = createSharedItem<RateState>(client, 'items', { system: 'crm', item: 'bucket' });
    const { turns, calls } = instances(8, item, rate);
    await Promise.all(
      turns.map(async (takeTurn) => {
        for (let round = 0; round < 3; round += 1) await Promise.all([takeTurn(), takeTurn(), takeTurn()]);
      }),
    );
    // Those that need not wait do not sleep.
    const all = [...Array.from({ length: 72 - calls.length }, () => NOW), ...calls];
    expect(all.length - calls.length).toBe(5);
    expectBounded(all, rate);
    expect((await item.read())?.value.nextAt).toBeCloseTo(NOW + (72 - 4) * 50, 0);
  });
});
