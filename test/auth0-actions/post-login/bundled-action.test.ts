import { anAuth0Event, PERSONAL } from '../helpers/an-auth0-event';
import { HOSTILE_EVENTS } from '../helpers/hostile-events';
import { bundledCode, type LoadedAction, loadBundle } from '../helpers/load-bundle';
import { type LoopbackApi, startLoopbackApi } from '../helpers/loopback-api';

let code: string;
let api: LoopbackApi;

beforeAll(async () => {
  code = await bundledCode({ attributes: ['name'] }, 'punctual-post-login');
});
afterEach(() => api?.close());

const GOOGLE = { id: 'con_2', name: 'google-oauth2', strategy: 'google-oauth2' };

function aLogin(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  const event = anAuth0Event({ connection: GOOGLE, transaction: { id: 'tx-1' }, ...overrides });
  return { ...event, secrets: { ...event.secrets, EVENT_API_URL: api.url } };
}

const codesOf = ({ lines }: LoadedAction) => lines.map((line) => (JSON.parse(line) as { code: string }).code);

test('a person who comes by Google is told of at their login', async () => {
  api = await startLoopbackApi(202);
  const action = loadBundle(code);
  await action.run(aLogin());
  expect(codesOf(action)).toEqual(['emitted']);
  expect(JSON.parse(api.calls[0]?.body ?? '')).toMatchObject({
    type: 'user.logged-in',
    data: { user: { email: 'ada@example.com' }, connection: { strategy: 'google-oauth2' } },
  });
});

test.each([
  ['a refresh', { transaction: { protocol: 'oauth2-refresh-token' } }],
  ['silent authentication', { request: { query: { prompt: 'none' } } }],
  ['a password grant', { transaction: { protocol: 'oauth2-password' } }],
])('%s calls nobody and prints nothing', async (_, overrides) => {
  api = await startLoopbackApi(202);
  const action = loadBundle(code);
  await action.run(aLogin(overrides));
  expect([api.calls, action.lines]).toEqual([[], []]);
});

test('with everything behind it down, one login waits, for its budget, and no other one', async () => {
  api = await startLoopbackApi('hang');
  const action = loadBundle(code);
  const startedAt = performance.now();
  await action.run(aLogin());
  const waitedMs = performance.now() - startedAt;
  for (let login = 0; login < 20; login += 1) await action.run(aLogin());
  expect(performance.now() - startedAt - waitedMs).toBeLessThan(500);
  expect(waitedMs).toBeGreaterThan(1_490);
  // A busy machine comes late, and a second budget is another 1,500.
  expect(waitedMs).toBeLessThan(2_900);
  expect(new Set(codesOf(action).slice(1))).toEqual(new Set(['paused']));
  expect(api.calls).toHaveLength(1);
});

test.each(HOSTILE_EVENTS)('%s breaks no login', async (_, event) => {
  api = await startLoopbackApi(202);
  const action = loadBundle(code);
  await expect(action.run(event)).resolves.toBeUndefined();
  expect(PERSONAL.filter((text) => action.lines.join().includes(text))).toEqual([]);
});
