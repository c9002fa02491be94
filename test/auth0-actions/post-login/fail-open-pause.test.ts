import type { EmitCode } from '../../../auth0-actions/emit/emit-codes';
import {
  createFailOpenPause,
  NOTICED_MS,
  PAUSE_MS,
  type PausedApi,
} from '../../../auth0-actions/post-login/fail-open-pause';
import type { PostLoginApi } from '../../../auth0-actions/types';

const NOW = Date.parse('2026-11-20T09:00:00Z');

const BUDGET_MS = 1_500;
const budgetMs = BUDGET_MS;

/** A pause, whose work ends with `codes` one after the other. */
function setUp(...codes: EmitCode[]) {
  let now = NOW;
  let calls = 0;
  let tookMs = BUDGET_MS;
  const allowed: number[] = [];
  const kept = new Map<string, string>();
  const api: Pick<PostLoginApi, 'cache'> = {
    cache: {
      get: (key) => (kept.has(key) ? { value: kept.get(key) ?? '' } : undefined),
      set: (key, value) => kept.set(key, value),
    },
  };
  const instance = (own = api) => {
    const pause = createFailOpenPause(() => now);
    const work = async (allowedMs: number) => {
      allowed.push(allowedMs);
      now += Math.min(tookMs, allowedMs);
      return { code: codes[calls++] ?? ('emitted' as const) };
    };
    return async (on: PausedApi = 'events') => (await pause.around({ on, budgetMs, work }, own)).code;
  };
  return {
    ...{ api, kept, instance, allowed, calls: () => calls },
    wait: (ms: number) => (now += ms),
    takes: (ms: number) => (tookMs = ms),
  };
}

test('after one time-out nobody waits in that instance, until the pause is over', async () => {
  const { instance, wait, calls } = setUp('timed-out');
  const logIn = instance();
  expect([await logIn(), await logIn(), await logIn()]).toEqual(['timed-out', 'paused', 'paused']);
  expect(calls()).toBe(1);
  wait(PAUSE_MS - 1);
  expect(await logIn()).toBe('paused');
  wait(1);
  expect(await logIn()).toBe('emitted');
});

test('one API that lets people wait pauses no other, which is waited for as long as nobody notices', async () => {
  const { instance, allowed, takes, wait } = setUp('timed-out');
  const logIn = instance();
  expect(await logIn('status')).toBe('timed-out');
  takes(100);
  expect([await logIn('events'), await logIn('status')]).toEqual(['emitted', 'paused']);
  wait(PAUSE_MS);
  expect(await logIn('events')).toBe('emitted');
  expect(allowed).toEqual([BUDGET_MS, NOTICED_MS, BUDGET_MS]);
});

test('while all of them let people wait, one wait is as long as may be, and none is after one of each', async () => {
  const { instance, allowed } = setUp('timed-out', 'timed-out');
  const logIn = instance();
  const codes = [];
  for (const on of ['events', 'status', 'events', 'status'] as const) codes.push(await logIn(on));
  expect(codes).toEqual(['timed-out', 'timed-out', 'paused', 'paused']);
  expect(allowed).toEqual([BUDGET_MS, NOTICED_MS]);
});

test('another instance hears of it by the cache', async () => {
  const { instance, calls } = setUp('timed-out');
  await instance()();
  expect([await instance()(), calls()]).toEqual(['paused', 1]);
});

test.each(['unreachable', 'unavailable', 'refused', 'unexpected'] as const)(
  'an API that answers at once, with %s, is asked again: nobody waits for that',
  async (code) => {
    const { instance, takes } = setUp(code);
    takes(NOTICED_MS - 1);
    const logIn = instance();
    expect([await logIn(), await logIn()]).toEqual([code, 'emitted']);
  },
);

test('an API that takes its time to fail pauses as one that never answers', async () => {
  const { instance } = setUp('unavailable');
  const logIn = instance();
  expect([await logIn(), await logIn()]).toEqual(['unavailable', 'paused']);
});

test('an API that takes its time and then takes the event is asked again', async () => {
  const { instance } = setUp('emitted');
  const logIn = instance();
  expect([await logIn(), await logIn()]).toEqual(['emitted', 'emitted']);
});

test.each(['', 'ada', 'Infinity', `${NOW + PAUSE_MS + 1}`, `${NOW - 1}`])(
  'a cache that says %j pauses nobody',
  async (value) => {
    const { instance, kept } = setUp();
    kept.set('punctual-pause-events', value);
    expect(await instance()()).toBe('emitted');
  },
);

test.each([
  ['no api', undefined],
  ['no cache', {}],
  [
    'a cache that throws',
    {
      cache: new Proxy(
        {},
        {
          get: () => () => {
            throw new Error('full');
          },
        },
      ),
    },
  ],
])('with %s an instance still pauses for itself', async (_, api) => {
  const { instance } = setUp('timed-out');
  const logIn = instance(api as never);
  expect([await logIn(), await logIn()]).toEqual(['timed-out', 'paused']);
});

test('work that throws is no time-out', async () => {
  const pause = createFailOpenPause(() => NOW);
  const broken = async () => Promise.reject(new Error('no'));
  const on = 'events';
  await expect(pause.around({ on, budgetMs, work: broken }, setUp().api)).rejects.toThrow('no');
  const work = async () => ({ code: 'emitted' as const });
  expect(await pause.around({ on, budgetMs, work }, setUp().api)).toEqual({ code: 'emitted' });
});
