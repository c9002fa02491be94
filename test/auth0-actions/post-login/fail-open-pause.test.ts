import type { EmitCode } from '../../../auth0-actions/emit/emit-codes';
import { createFailOpenPause, NOTICED_MS, PAUSE_MS } from '../../../auth0-actions/post-login/fail-open-pause';
import type { PostLoginApi } from '../../../auth0-actions/types';

const NOW = Date.parse('2026-11-20T09:00:00Z');

/** A pause, whose work ends with `codes` one after the other. */
function setUp(...codes: EmitCode[]) {
  let now = NOW;
  let calls = 0;
  let tookMs = 1_500;
  const kept = new Map<string, string>();
  const api: Pick<PostLoginApi, 'cache'> = {
    cache: {
      get: (key) => (kept.has(key) ? { value: kept.get(key) ?? '' } : undefined),
      set: (key, value) => kept.set(key, value),
    },
  };
  const instance = (own = api) => {
    const pause = createFailOpenPause(() => now);
    const work = async () => {
      now += tookMs;
      return { code: codes[calls++] ?? ('emitted' as const) };
    };
    return async () => (await pause.around(work, own)).code;
  };
  return {
    ...{ api, kept, instance, calls: () => calls },
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
    kept.set('punctual-pause', value);
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
  await expect(pause.around(broken, setUp().api)).rejects.toThrow('no');
  expect(await pause.around(async () => ({ code: 'emitted' }), setUp().api)).toEqual({ code: 'emitted' });
});
