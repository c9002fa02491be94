import type { AcceptedEvent } from '../../../../lambdas/connectors/authenticity/accepted-event';
import { RejectedError, RetryableError } from '../../../../lambdas/connectors/connector';
import type { Gate, Refused } from '../../../../lambdas/connectors/gate/gate';
import { type Sample, sampleOf } from '../../../../lambdas/connectors/gate/sample-of';
import { putOffMs } from '../../../../lambdas/connectors/outcome/retry-policy';
import { defineConfiguration } from '../../../../lib/configuration';
import { withWorker } from '../../../../lib/configuration/has-worker';
import {
  expectedReceives,
  MAX_RECEIVE_COUNT,
  QUEUE_RETENTION_SECONDS,
} from '../../../../lib/configuration/timings';
import { NOW } from '../../../helpers/events';
import { aLink } from '../../../helpers/links';
import { aWorker, failing, HOUR, MINUTE, SECOND } from '../helpers/a-worker';

const REFUSED: Refused = { admitted: false, code: 'breaker-open', forMs: 20 * SECOND };
const CLOSED_GATE: Gate = { admit: async () => REFUSED };

/** A gate that lets everybody through and remembers what it was told. */
function aListener() {
  const samples: Sample[] = [];
  const settle = async (sample: Sample) => void samples.push(sample);
  const gate: Gate = { admit: async () => ({ admitted: true, settle }) };
  return { gate, samples };
}

describe('a message that may not be worked on', () => {
  test('comes back after the probe, without attempt, write or call', async () => {
    const { run, table, remote } = aWorker({ gate: CLOSED_GATE });
    expect(await run()).toEqual({ kind: 'retry', code: 'breaker-open', afterMs: 20_750 });
    expect(table.state.writes).toBe(0);
    expect(remote.calls).toEqual([]);
  });

  test('leaves a link that waits for a retry as it is', async () => {
    const { run, put, link } = aWorker({ gate: CLOSED_GATE });
    const waiting = aLink({ attempts: 3, code: 'remote-timeout' });
    put(waiting);
    await run();
    expect(link()).toBe(waiting);
  });

  test('that has nothing to do for the system is not stopped', async () => {
    const { tell, put, link } = aWorker({ gate: CLOSED_GATE });
    put(aLink({ state: 'held', code: 'conflict' }));
    expect(await tell('user.updated')).toMatchObject({ kind: 'skipped' });
    expect(link().state).toBe('held');
  });

  test('waits for as long as it is retried, then the link fails and says why', async () => {
    const { run, clock, link } = aWorker({ gate: CLOSED_GATE });
    clock.now = NOW + 24 * HOUR - 1;
    expect(await run({ queuedAt: NOW })).toMatchObject({ kind: 'retry' });
    clock.now += 1;
    expect(await run({ queuedAt: NOW })).toEqual({
      ...{ kind: 'rejected', code: 'retries-exhausted', detail: 'breaker-open' },
    });
    expect(link()).toMatchObject({ state: 'failed', code: 'breaker-open', attempts: 0 });
    expect(link().lease).toBeUndefined();
  });

  test('waits anew after a redrive, however old its event', async () => {
    const { run, clock } = aWorker({ gate: CLOSED_GATE });
    clock.now = NOW + 72 * HOUR;
    const redriven: Partial<AcceptedEvent> = { acceptedAt: NOW, queuedAt: clock.now };
    expect(await run(redriven)).toMatchObject({ kind: 'retry', code: 'breaker-open' });
  });

  test('that asks for an erasure is noted once, so that nothing of this life is made meanwhile', async () => {
    const { tell, table, link, put } = aWorker({ gate: CLOSED_GATE });
    put(aLink({ state: 'linked', accountId: 'acc-0', ownership: 'created', attempts: 1 }));
    for (let delivery = 0; delivery < 3; delivery += 1) {
      expect(await tell('user.erase-requested')).toMatchObject({ kind: 'retry', code: 'breaker-open' });
    }
    expect(table.state.writes).toBe(1);
    expect(link()).toMatchObject({ ended: 'erased', next: 'erase', attempts: 0 });
    expect(link().lease).toBeUndefined();
    expect(await tell('user.updated')).toMatchObject({ kind: 'skipped', code: 'erased' });
  });

  test('does not overwrite what another worker wrote meanwhile', async () => {
    const { run, clock, table } = aWorker({ gate: CLOSED_GATE });
    clock.now = NOW + 24 * HOUR;
    table.links.claim = async () => false;
    expect(await run({ queuedAt: NOW })).toMatchObject({ kind: 'retry', code: 'in-progress' });
  });

  test('once failed and redriven becomes an account when the system is back', async () => {
    const { gate } = aListener();
    let now: Gate = CLOSED_GATE;
    const { run, clock, link } = aWorker({ gate: { admit: (userRef) => now.admit(userRef) } });
    clock.now = NOW + 24 * HOUR;
    await run({ queuedAt: NOW });
    now = gate;
    expect(await run({ queuedAt: clock.now })).toEqual({ kind: 'provisioned' });
    expect(link()).toMatchObject({ state: 'linked', attempts: 1 });
  });
});

describe('the gate is told', () => {
  test('of an account that was made', async () => {
    const { gate, samples } = aListener();
    await aWorker({ gate }).run();
    expect(samples[0]).toEqual({ says: 'well' });
  });

  test('of a failure, and of the time that the system asked for', async () => {
    const { gate, samples } = aListener();
    const { run, remote } = aWorker({ gate });
    remote.faults.find = failing(new RetryableError('remote-throttled', 7 * SECOND));
    await run();
    expect(samples[0]).toEqual({ says: 'unclear', pauseMs: 7 * SECOND });
  });

  test('of nothing, when we refuse a value before the system hears of it', async () => {
    expect(sampleOf(new RejectedError('invalid-value'))).toEqual({ says: 'unclear' });
  });

  test('of an erasure, and of one that failed', async () => {
    const { gate, samples } = aListener();
    const { tell, remote } = aWorker({ gate });
    await tell('user.erase-requested');
    remote.faults.find = failing(new RetryableError('remote-timeout'));
    await tell('user.erase-requested', { user_id: 'auth0|2' });
    expect(samples.map(({ says }) => says).filter((says) => says !== 'unclear')).toEqual([
      ...['well', 'remote-timeout'],
    ]);
  });

  test('of a link that somebody else works on, so that it does not wait for the end of a probe', async () => {
    const { gate, samples } = aListener();
    const { run, table } = aWorker({ gate });
    table.links.claim = async () => false;
    await run();
    expect(samples).toEqual([{ says: 'unclear' }]);
  });

  test('of work that a failing table ends', async () => {
    const { gate, samples } = aListener();
    const { run, table } = aWorker({ gate });
    table.links.claim = failing(new Error('the table is away'));
    expect(await run()).toMatchObject({ kind: 'retry', code: 'store-unavailable' });
    expect(samples).toEqual([{ says: 'unclear' }]);
  });
});

describe('a message that waited long before its first attempt', () => {
  test('is given up before the queue forgets it, however few attempts there were', async () => {
    const { run, clock, remote, link } = aWorker();
    remote.faults.find = failing(new RetryableError('remote-unavailable'));
    clock.now = NOW + 60 * HOUR - 1;
    expect(await run({ queuedAt: NOW })).toMatchObject({ kind: 'retry' });
    clock.now += 1;
    expect(await run({ queuedAt: NOW })).toMatchObject({ kind: 'rejected', code: 'retries-exhausted' });
    expect(link()).toMatchObject({ state: 'failed', code: 'remote-unavailable', attempts: 2 });
  });
});

describe('the receives of the queue', () => {
  const systemWith = (retry: object) => {
    const { systems } = defineConfiguration({
      environments: { dev: { tenant: 'acme.eu.auth0.com', alarms: { email: 'team@example.com' } } },
      systems: { crm: { kind: 'scim', baseUrl: 'https://crm.example.com', retry } },
    });
    return withWorker(systems).crm;
  };

  /** As many as a message needs that waits for the whole horizon, the breaker always about to try. */
  function receivesOf(retry: object, random: () => number): { receives: number; waitedMs: number } {
    const { baseSeconds, capSeconds, horizonHours, minAttempts } = (
      systemWith(retry) as Required<object> & {
        retry: { baseSeconds: number; capSeconds: number; horizonHours: number; minAttempts: number };
      }
    ).retry;
    const policy = {
      ...{ baseMs: baseSeconds * SECOND, capMs: capSeconds * SECOND, horizonMs: horizonHours * HOUR },
      ...{ minAttempts, budgetMs: 0 },
    };
    let [receives, waitedMs] = [0, 0];
    while (waitedMs < policy.horizonMs) {
      receives += 1;
      waitedMs += putOffMs(policy, receives, random(), 0);
    }
    return { receives, waitedMs };
  }

  test.each([{}, { capSeconds: 339 }, { horizonHours: 168, capSeconds: 2_372 }, { baseSeconds: 900 }])(
    'are not used up by waiting for a breaker, with %j',
    (retry) => {
      const worst = receivesOf(retry, () => 0);
      const usual = receivesOf(retry, Math.random);
      expect(worst.receives).toBeLessThan(MAX_RECEIVE_COUNT);
      const system = systemWith(retry);
      if (system === undefined) throw new Error('no system');
      // Attempts for another horizon need the rest.
      const capsInHorizon = (system.retry.horizonHours * 3600) / system.retry.capSeconds;
      expect(usual.receives + 2 * capsInHorizon).toBeLessThan(expectedReceives(system) * 1.15);
      expect(worst.waitedMs / SECOND).toBeLessThan(QUEUE_RETENTION_SECONDS);
    },
  );

  test('come after growing waits, so that a crowd does not come back at once', () => {
    const policy = { baseMs: SECOND, capMs: 15 * MINUTE, horizonMs: 0, minAttempts: 1, budgetMs: 0 };
    const range = (deliveries: number) =>
      [0, 0.999].map((at) => putOffMs(policy, deliveries, at, 20 * SECOND));
    expect(range(1)).toEqual([20_500, 21_000]);
    expect(range(8)).toEqual([84_000, 147_936]);
    expect(range(100)).toEqual([470_000, 919_550]);
  });

  test('are never put off for longer than the queue lets a message be', () => {
    const policy = { baseMs: SECOND, capMs: 12 * HOUR, horizonMs: 0, minAttempts: 1, budgetMs: 0 };
    expect(putOffMs(policy, 100, 1, 12 * HOUR)).toBe(11 * HOUR);
  });
});
