import { type BreakerState, NEVER_OPENED } from '../../../../events/breaker-state';
import { RETRY_CODES, type RetryCode } from '../../../../events/codes';
import { OutcomeUnknownError, RejectedError, RetryableError } from '../../../../lambdas/connectors/connector';
import { admissionOf, pausing, probed, tripped } from '../../../../lambdas/connectors/gate/breaker';
import { sampleOf } from '../../../../lambdas/connectors/gate/sample-of';
import { createUserOutcomes } from '../../../../lambdas/connectors/outcome/user-outcomes';
import { NOW } from '../../../helpers/events';
import { POLICY } from '../../../helpers/gate';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const open = (fields: Partial<BreakerState> = {}): BreakerState => ({
  ...{ state: 'open', since: NOW, openings: 1, code: 'remote-timeout', probeAt: NOW + 30 * SECOND },
  ...fields,
});
const halfOpen = (fields: Partial<BreakerState> = {}) =>
  open({ state: 'half-open', probe: { token: 'mine', until: NOW + 130 * SECOND }, ...fields });
const admit = (state: BreakerState, after = 0) => admissionOf(state, NOW + after, 'mine', POLICY);

describe('a message', () => {
  test('goes while the breaker is closed', () => {
    expect(admit(NEVER_OPENED)).toEqual({ do: 'go' });
  });

  test('waits for the probe while it is open', () => {
    expect(admit(open(), 10 * SECOND)).toEqual({ do: 'wait', code: 'breaker-open', forMs: 20 * SECOND });
  });

  test('is the probe once it is time, for as long as a worker may live', () => {
    const next = { ...halfOpen(), probe: { token: 'mine', until: NOW + 130 * SECOND } };
    expect(admit(open(), 30 * SECOND)).toEqual({ do: 'probe', next });
  });

  test('waits while another one is the probe, and takes over from one whose worker died', () => {
    expect(admit(halfOpen(), 40 * SECOND)).toEqual({ do: 'wait', code: 'breaker-open', forMs: 0 });
    expect(admit(halfOpen(), 130 * SECOND)).toMatchObject({ do: 'probe' });
  });

  test('waits for as long as the system asked for, whatever the breaker says', () => {
    const pausedUntil = NOW + 7 * SECOND;
    const wait = { do: 'wait', code: 'remote-throttled', forMs: 7 * SECOND };
    expect(admit({ ...NEVER_OPENED, pausedUntil })).toEqual(wait);
    expect(admit(open({ pausedUntil, probeAt: NOW }))).toEqual(wait);
    expect(admit({ ...NEVER_OPENED, pausedUntil }, 7 * SECOND)).toEqual({ do: 'go' });
  });
});

describe('a breaker', () => {
  test('opens for a first pause', () => {
    expect(tripped(NEVER_OPENED, NOW, 'remote-timeout', POLICY)).toEqual(open());
  });

  test('closes with a good probe', () => {
    const closed = probed(halfOpen(), 'mine', 'well', NOW + MINUTE, POLICY);
    expect(closed).toEqual({ state: 'closed', since: NOW + MINUTE, openings: 1 });
  });

  test('opens again with a bad probe, since when it was first open, and for twice as long', () => {
    expect(probed(halfOpen(), 'mine', 'remote-unauthorized', NOW + MINUTE, POLICY)).toEqual(
      open({ openings: 2, code: 'remote-unauthorized', probeAt: NOW + 2 * MINUTE }),
    );
  });

  test.each([
    [1, 30],
    [2, 60],
    [5, 480],
    [6, 900],
    [10_000, 900],
  ])('pauses after opening %i times for %i seconds', (openings, seconds) => {
    const state = halfOpen({ openings: openings - 1 });
    expect(probed(state, 'mine', 'remote-timeout', NOW, POLICY)).toMatchObject({
      probeAt: NOW + seconds * SECOND,
    });
  });

  test('that closed a moment ago goes on with its pauses; one that was closed for long begins anew', () => {
    const closed: BreakerState = { state: 'closed', since: NOW, openings: 3 };
    const openedAfter = (ms: number) => tripped(closed, NOW + ms, 'remote-timeout', POLICY);
    expect(openedAfter(4 * MINUTE)).toMatchObject({ openings: 4, probeAt: NOW + 8 * MINUTE });
    expect(openedAfter(5 * MINUTE)).toMatchObject({ openings: 1 });
  });

  test('gives the probe to the next message when one never came to call the system', () => {
    const released = probed(halfOpen(), 'mine', 'unclear', NOW + MINUTE, POLICY);
    expect(released).toEqual(open({ probeAt: NOW + MINUTE }));
  });

  test.each([
    [1, 4, 4],
    [1, 7200, 30],
    [3, 7200, 120],
    [9, 7200, 900],
  ])('that opened %i times and is asked for %i s by its probe waits %i s', (openings, askedFor, waits) => {
    const told = probed(halfOpen({ openings }), 'mine', 'unclear', NOW, POLICY, askedFor * SECOND);
    expect(told).toEqual(open({ openings, probeAt: NOW + waits * SECOND }));
  });

  test('does not listen to a probe that was taken over', () => {
    expect(probed(halfOpen(), 'somebody-else', 'well', NOW, POLICY)).toBeUndefined();
    expect(probed(NEVER_OPENED, 'mine', 'remote-timeout', NOW, POLICY)).toBeUndefined();
  });

  test('keeps what the system asked for through all of it', () => {
    const pausedUntil = NOW + MINUTE;
    expect(tripped({ ...NEVER_OPENED, pausedUntil }, NOW, 'remote-timeout', POLICY)).toMatchObject({
      pausedUntil,
    });
    expect(probed(halfOpen({ pausedUntil }), 'mine', 'well', NOW, POLICY)).toMatchObject({ pausedUntil });
  });
});

describe('a pause that the system asks for', () => {
  test('is kept, up to the longest there is', () => {
    expect(pausing(NEVER_OPENED, 7 * SECOND, NOW, POLICY)).toEqual({
      ...NEVER_OPENED,
      pausedUntil: NOW + 7 * SECOND,
    });
    const forever = pausing(NEVER_OPENED, Number.MAX_SAFE_INTEGER, NOW, POLICY);
    expect(forever?.pausedUntil).toBe(NOW + POLICY.longestPauseMs);
  });

  test('is not written again by each of many messages that were told the same', () => {
    const paused = { ...NEVER_OPENED, pausedUntil: NOW + 30 * SECOND };
    expect(pausing(paused, 30 * SECOND, NOW + 900, POLICY)).toBeUndefined();
    expect(pausing(paused, 10 * SECOND, NOW, POLICY)).toBeUndefined();
    expect(pausing(paused, 60 * SECOND, NOW, POLICY)?.pausedUntil).toBe(NOW + MINUTE);
  });
});

describe('what an attempt says of the system', () => {
  const FAILURES = [
    ...['remote-unavailable', 'remote-timeout', 'remote-unauthorized', 'remote-misconfigured'],
    ...['remote-invalid-answer', 'remote-throttled', 'target-refused', 'token-unavailable'],
  ];

  test.each(Object.keys(RETRY_CODES) as RetryCode[])('%s', (code) => {
    const says = FAILURES.includes(code) ? code : 'unclear';
    expect(sampleOf(new RetryableError(code))).toEqual({ says });
    expect(sampleOf(new OutcomeUnknownError(code))).toEqual({ says });
  });

  test('nothing bad, when it came to its end, or to a refusal of this one account', () => {
    expect(sampleOf(undefined)).toEqual({ says: 'well' });
    expect(sampleOf(new RejectedError('remote-rejected'))).toEqual({ says: 'well' });
  });

  test('nothing bad, when the system made an account and does not show it yet', () => {
    const error = new OutcomeUnknownError('remote-invalid-answer', undefined, 'confirmed');
    expect(sampleOf(error)).toEqual({ says: 'well' });
  });

  test('that it wants time, for everybody where it is throttling and for one account where it is down', () => {
    const throttled = new RetryableError('remote-throttled', 5 * SECOND);
    expect(sampleOf(throttled)).toEqual({ says: 'unclear', pauseMs: 5 * SECOND });
    const down = new RetryableError('remote-unavailable', 5 * SECOND);
    expect(sampleOf(down)).toEqual({ says: 'remote-unavailable' });
    expect(sampleOf(new RetryableError('remote-throttled', 0))).toEqual({ says: 'remote-throttled' });
  });

  test('nothing, when we stumbled ourselves', () => {
    expect(sampleOf(new Error('a defect'))).toEqual({ says: 'unclear' });
  });
});

describe('the latest users', () => {
  function aWindow() {
    const clock = { now: NOW };
    const outcomes = createUserOutcomes(POLICY, () => clock.now);
    const note = (from: number, to: number, failed: boolean, since = 0) => {
      for (let user = from; user < to; user += 1) outcomes.note(`user-${user}`, since, failed);
    };
    return { clock, outcomes, note };
  }

  test.each([
    ['nine failures are too few', 9, 0, false],
    ['ten failures are enough', 10, 0, true],
    ['7 of 10 are enough', 7, 3, true],
    ['69 of 100 are not', 69, 31, false],
    ['70 of 100 are', 70, 30, true],
  ])('%s', (_, failures, successes, bad) => {
    const { outcomes, note } = aWindow();
    note(0, successes, false);
    note(successes, successes + failures, true);
    expect(outcomes.areBad()).toBe(bad);
  });

  test('count once each, however often one fails: an account that the system chokes on is no outage', () => {
    const { outcomes, note } = aWindow();
    for (let attempt = 0; attempt < 50; attempt += 1) note(0, 9, true);
    expect(outcomes.areBad()).toBe(false);
  });

  test('count by their last attempt', () => {
    const { outcomes, note } = aWindow();
    note(0, 10, true);
    note(0, 4, false);
    expect(outcomes.areBad()).toBe(false);
  });

  test('are forgotten after a while, and a hundred newer ones push an older one out', () => {
    const { clock, outcomes, note } = aWindow();
    note(0, 10, true);
    clock.now += POLICY.windowMs;
    expect(outcomes.areBad()).toBe(false);
    note(100, 400, false);
    note(400, 470, true);
    expect(outcomes.areBad()).toBe(true);
  });

  test('count since the breaker was closed last, also when an attempt from before comes to its end', () => {
    const { outcomes, note } = aWindow();
    note(0, 9, true);
    note(9, 10, true, NOW);
    note(10, 20, true, 0);
    expect(outcomes.areBad()).toBe(false);
  });
});
