import type { LocalRun } from '../../../local/local-run';
import { LinkTracker } from '../../../local/progress/link-progress';
import { waitUntilSettled } from '../../../local/progress/wait-until-settled';

const PATIENCE = { idleMs: 3_000, stalledMs: 60_000 };

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function aRun(inFlight: number, busy = 0): Pick<LocalRun, 'queues' | 'functions'> {
  const counts = async () => ({ crm: { visible: 9, inFlight, delayed: 0 } });
  return { queues: { counts }, functions: { states: () => [{ busy }] } } as unknown as LocalRun;
}

function aTracker(): LinkTracker {
  const tracker = new LinkTracker(['crm']);
  tracker.expect('auth0|1', 0);
  return tracker;
}

function settle(tracker: LinkTracker): void {
  const newImage = { user_id: { S: 'auth0|1' }, system: { S: 'crm' }, state: { S: 'linked' } };
  tracker.changed({ eventName: 'INSERT', table: 't', keys: {}, newImage, at: 1 });
}

/** How long the wait took, and what it gave. */
async function ended(waiting: Promise<boolean>): Promise<[boolean, number]> {
  const beganAt = Date.now();
  let result: [boolean, number] | undefined;
  void waiting.then((settled) => {
    result = [settled, Date.now() - beganAt];
  });
  while (!result) await jest.advanceTimersByTimeAsync(250);
  return result;
}

test('nothing to wait for is settled at once', async () => {
  expect(await waitUntilSettled(new LinkTracker(['crm']), aRun(0), PATIENCE)).toBe(true);
});

test('the wait ends when the last link is settled', async () => {
  const tracker = aTracker();
  setTimeout(() => settle(tracker), 10_000);
  const [settled, ms] = await ended(waitUntilSettled(tracker, aRun(1), PATIENCE));
  expect(settled).toBe(true);
  expect(ms).toBeLessThan(11_000);
});

test('the wait ends early when nothing is under way any more, whatever lies in a queue', async () => {
  const [settled, ms] = await ended(waitUntilSettled(aTracker(), aRun(0), PATIENCE));
  expect(settled).toBe(false);
  expect(ms).toBeLessThan(10_000);
});

test.each([
  ['a message waits for its next try', aRun(1)],
  ['a function is busy', aRun(0, 1)],
])('while %s the wait goes on, but not for ever', async (_, run) => {
  const [settled, ms] = await ended(waitUntilSettled(aTracker(), run, PATIENCE));
  expect(settled).toBe(false);
  expect(ms).toBeGreaterThanOrEqual(60_000);
});
