import { BUDGET_MS, RETRY_PAUSE_MS } from '../../../auth0-actions/emit/limits';
import { type Fetch, postEvent } from '../../../auth0-actions/emit/post-event';

const REQUEST = { url: 'https://api.example.com/v1/events', headers: { 'webhook-id': 'reg_1' }, body: '{}' };

/** What one call meets: a status, a broken connection, or silence until the signal (or beyond it). */
type Answer = number | 'broken' | 'silent' | 'deaf';

function fetchAnswering(...answers: Answer[]): jest.Mock<Promise<Response>, Parameters<Fetch>> {
  return jest.fn(async (_url, init) => {
    const answer = answers.shift();
    if (typeof answer === 'number') return new Response('{}', { status: answer });
    if (answer === 'broken') throw new TypeError('fetch failed');
    return new Promise((_resolve, reject) => {
      if (answer === 'silent') init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
    });
  });
}

/** Result and frozen milliseconds it took. */
async function post(fetch: Fetch): Promise<Record<string, unknown>> {
  const startedAt = Date.now();
  const result = postEvent(fetch, REQUEST).then((value) => ({ ...value, tookMs: Date.now() - startedAt }));
  await jest.advanceTimersByTimeAsync(BUDGET_MS * 2);
  return result;
}

beforeEach(() => jest.useFakeTimers({ now: Date.parse('2026-11-20T09:00:00Z') }));
afterEach(() => jest.useRealTimers());

test('a success ends at once', async () => {
  expect(await post(fetchAnswering(202))).toEqual({ code: 'emitted', status: 202, attempts: 1, tookMs: 0 });
});

test.each([500, 502, 503, 'broken'] as const)('%s is tried once more', async (answer) => {
  const result = await post(fetchAnswering(answer, 202));
  expect(result).toEqual({ code: 'emitted', status: 202, attempts: 2, tookMs: RETRY_PAUSE_MS });
});

test('the second try carries the same headers and body', async () => {
  const fetch = fetchAnswering(500, 202);
  await post(fetch);
  const [first, second] = fetch.mock.calls;
  expect(second).toEqual(first);
});

test.each([301, 400, 403, 413, 415, 429])(
  'fails at once with %i, which a second try cannot mend',
  async (status) => {
    const fetch = fetchAnswering(status);
    expect(await post(fetch)).toMatchObject({ code: 'refused', status, attempts: 1 });
    expect(fetch).toHaveBeenCalledTimes(1);
  },
);

test('fails after two server errors', async () => {
  const fetch = fetchAnswering(503, 503, 202);
  expect(await post(fetch)).toMatchObject({ code: 'unavailable', status: 503, attempts: 2 });
  expect(fetch).toHaveBeenCalledTimes(2);
});

test('fails after two broken connections', async () => {
  expect(await post(fetchAnswering('broken', 'broken'))).toMatchObject({ code: 'unreachable', attempts: 2 });
});

test.each([
  ['the first call hangs', ['silent']],
  ['the second call hangs', [500, 'silent']],
  ['fetch ignores its signal', ['deaf']],
  ['the second fetch ignores its signal', ['broken', 'deaf']],
] as const)('fails exactly at the end of the budget when %s', async (_, answers) => {
  expect(await post(fetchAnswering(...answers))).toMatchObject({ code: 'timed-out', tookMs: BUDGET_MS });
});

test('fails without a second try when the first used up the budget', async () => {
  const fetch = jest.fn(async () => {
    await new Promise((resolve) => setTimeout(resolve, BUDGET_MS - RETRY_PAUSE_MS / 2));
    return new Response('{}', { status: 500 });
  });
  expect(await post(fetch)).toMatchObject({ code: 'unavailable', attempts: 1, tookMs: BUDGET_MS });
  expect(fetch).toHaveBeenCalledTimes(1);
});

test('nothing is left running', async () => {
  await post(fetchAnswering(500, 202));
  expect(jest.getTimerCount()).toBe(0);
});
