import { aPerson } from '../helpers/a-person';
import { type LocalRun, waitFor } from '../helpers/local-run';
import { startLocalRunOf } from '../helpers/local-run-of';
import { goOn, hearReady, readWaitingPage } from '../helpers/waiting-page';
import { warmStatus } from '../helpers/warm-status';

const PROVISIONING = 'https://punctual.dev/provisioning';

let run: LocalRun;

beforeAll(async () => {
  run = await startLocalRunOf(
    {
      profile: { kind: 'profile', attributes: ['email'], required: true },
      video: { kind: 'profile', attributes: ['email'] },
    },
    { jit: { connections: { github: false } } },
  );
  await warmStatus(run);
});
afterAll(() => run?.stop());

/** Calls of AWS services that a login leads to: events handed on, questions answered. */
async function callsFor(login: () => Promise<unknown>): Promise<string[]> {
  await run.control('DELETE', '/calls');
  await login();
  const calls = await run.control<{ service: string; operation: string }[]>('GET', '/calls');
  return calls.map(({ service, operation }) => `${service}:${operation}`).filter((call) => !IDLE.test(call));
}

/** Resolves once nothing follows any more: the tenant tells of what Actions wrote as well, after the login. */
const calm = () =>
  waitFor(
    'calm',
    async () => (await callsFor(() => new Promise((resolve) => setTimeout(resolve, 700)))).length === 0,
  );

/** What workers do while nothing happens. */
const IDLE = /^sqs:|^dynamodb:(?:GetRecords|DescribeStream|GetShardIterator)/;

test('who comes for the first time sees their accounts come, and nobody is called when they come back', async () => {
  const ada = aPerson(run);
  // So late that there is a page to see.
  await run.control('POST', '/faults', { system: 'profile', fault: 'slow-body', delayMs: 1_500 });
  const calls = await callsFor(async () => {
    const page = readWaitingPage(await ada.come('google-oauth2', 'ada@example.com'));
    await hearReady(page, ['profile', 'video']);
    const seen = await goOn(page, ada.browser);
    expect((await ada.claims(seen))[PROVISIONING]).toEqual({ state: 'ready', ready: ['profile', 'video'] });
  });
  expect(calls).toContain('sns:Publish');
  await run.control('DELETE', '/faults');

  await calm();
  const again = await callsFor(async () => {
    const later = aPerson(run);
    const seen = await later.come('google-oauth2', 'ada@example.com');
    expect((await later.claims(seen))[PROVISIONING]).toEqual({ state: 'ready' });
  });
  expect(again).toEqual([]);
});

test('who comes by a connection that brings no accounts is let in, and stays without', async () => {
  const grace = aPerson(run);
  const seen = await grace.come('github', 'grace@example.com');
  const { sub, [PROVISIONING]: told } = await grace.claims(seen);
  expect(told).toEqual({ state: 'pass-through' });
  // The event stream tells of everybody, and each function judges for itself.
  const rows = await waitFor('rows of who passes through', async () => {
    const links = await run.links(String(sub));
    return links.length === 2 && links;
  });
  for (const row of rows) expect(row).toMatchObject({ state: 'skipped', code: 'jit-off' });
  // The projection looks who listens, a moment after.
  await calm();
  expect(await callsFor(() => aPerson(run).come('github', 'grace@example.com'))).toEqual([]);
});

test('nobody is kept out while everything behind the Action is down, and the wait for it is one for all', async () => {
  await run.control('POST', '/faults', {
    service: 'sns',
    operation: 'Publish',
    when: 'before',
    effect: 'hang',
  });
  const took: number[] = [];
  for (const email of ['ida@example.com', 'joan@example.com']) {
    const somebody = aPerson(run);
    const startedAt = performance.now();
    const seen = await somebody.come('google-oauth2', email);
    took.push(performance.now() - startedAt);
    expect((await somebody.claims(seen))[PROVISIONING]).toEqual({ state: 'unknown' });
  }
  const [first = 0, second = 0] = took;
  expect(first).toBeGreaterThan(1_400);
  expect(first).toBeLessThan(3_500);
  expect(second).toBeLessThan(1_000);
  await run.control('DELETE', '/faults');
});
