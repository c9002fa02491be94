import { createFailOpenPause } from '../../../auth0-actions/post-login/fail-open-pause';
import { createLoginCalls } from '../../../auth0-actions/post-login/login-calls';
import { aLogin } from '../helpers/a-login';
import { aLoginApi } from '../helpers/a-login-api';

const ANSWER = { all: true, settled: true, known: true, ready: [], failed: [] };
const { fetch } = globalThis;
let now: number;
let called: string[];

beforeEach(() => {
  now = Date.parse('2026-11-20T09:00:00Z');
  called = [];
});
afterEach(() => Object.assign(globalThis, { fetch }));

/** The calls of a login, of which each takes `tookMs`. */
function aLoginWhere(tookMs: number) {
  const answering = async (url: string | URL | Request) => {
    called.push(new URL(String(url)).pathname);
    now += tookMs;
    return Response.json(ANSWER);
  };
  Object.assign(globalThis, { fetch: answering });
  const pause = createFailOpenPause(() => now);
  const { api } = aLoginApi({ now });
  return () => createLoginCalls(aLogin('https://api.example.com/v1/'), api, pause, () => now);
}

test('both calls are within one budget: after a slow one there is no time for another', async () => {
  const login = aLoginWhere(1_450);
  const calls = login();
  expect([(await calls.emit()).code, (await calls.ask('readiness'))?.code]).toEqual(['emitted', 'timed-out']);
  expect(called).toEqual(['/v1/events']);
});

test('to have no time for a second call pauses nobody, as nobody waited for nothing', async () => {
  const login = aLoginWhere(1_450);
  const calls = login();
  await calls.emit();
  await calls.ask('readiness');
  expect((await login().emit()).code).toBe('emitted');
});

test('quick ones are both made, and each login has a budget of its own', async () => {
  const login = aLoginWhere(400);
  for (const calls of [login(), login()])
    expect([(await calls.ask('readiness'))?.code, (await calls.emit()).code]).toEqual([
      'answered',
      'emitted',
    ]);
  expect(called).toHaveLength(4);
});
