import { checkEvent } from '../../../events/parse-event';
import { verifySignature } from '../../../events/signature';
import { PERSONAL, SIGNING_SECRET } from '../helpers/an-auth0-event';
import { bundledCode, FROZEN_AT, type LoadedAction, loadBundle } from '../helpers/load-bundle';
import { type LoopbackApi, startLoopbackApi } from '../helpers/loopback-api';

let code: string;
let api: LoopbackApi;

beforeAll(async () => {
  code = await bundledCode({ attributes: ['name'] }, 'punctual-event-stream');
});
afterEach(() => api?.close());

const load = (): LoadedAction => loadBundle(code);

const aChange = (message: object = {}) => ({
  message: {
    ...{ id: 'evt_1', type: 'user.updated', time: '2026-11-20T09:00:00.000Z', a0tenant: 'acme' },
    data: {
      object: {
        user_id: 'auth0|6740d1f0a3c2b91e58d7f604',
        updated_at: '2026-11-20T09:00:00.000Z',
        email: 'ada@example.com',
        blocked: true,
      },
      previous_object: { blocked: false },
    },
    ...message,
  },
  secrets: {
    EVENT_API_URL: api.url,
    EVENT_API_KEY: 'key-1',
    EVENT_SIGNING_SECRET: SIGNING_SECRET,
  },
});

const lineOf = ({ lines }: LoadedAction) => JSON.parse(lines[0] ?? '{}') as Record<string, unknown>;

test('exports the one handler that Auth0 calls', () => {
  expect(Object.keys(loadBundle(code).exports)).toEqual(['onExecuteEventStream']);
});

test('a block arrives signed, as what it is', async () => {
  api = await startLoopbackApi(202);
  const action = load();
  await expect(action.run(aChange())).resolves.toBeUndefined();
  expect(lineOf(action)).toMatchObject({ punctual: 'event-stream', code: 'emitted', eventId: 'evt_1' });
  const [{ headers = {}, body = '', path } = {}] = api.calls;
  const content = { id: 'evt_1', timestampSeconds: Math.floor(FROZEN_AT / 1000), body };
  expect(await verifySignature(SIGNING_SECRET, content, String(headers['webhook-signature']))).toBe(true);
  expect([path, headers['webhook-id'], headers['x-api-key']]).toEqual(['/v1/events', 'evt_1', 'key-1']);
  expect(checkEvent(JSON.parse(body))).toMatchObject({ ok: true, event: { type: 'user.blocked' } });
});

test.each([
  [503, 'unavailable'],
  [429, 'refused'],
  [403, 'refused'],
  ['reset', 'unreachable'],
  ['hang', 'timed-out'],
] as const)('fails when the API answers with %s, so that Auth0 tries again', async (answer, expected) => {
  api = await startLoopbackApi(answer);
  const action = load();
  await expect(action.run(aChange())).rejects.toThrow(`punctual: ${expected}`);
  expect(lineOf(action)).toMatchObject({ code: expected });
  expect(PERSONAL.filter((text) => action.lines.join().includes(text))).toEqual([]);
});

test('fails without its secrets, as an operator may yet give them', async () => {
  api = await startLoopbackApi(202);
  await expect(load().run({ ...aChange(), secrets: {} })).rejects.toThrow('punctual: missing-secret');
  expect(api.calls).toEqual([]);
});

test.each([
  ['a test event', { a0purpose: 'test' }, 'test-event'],
  ['an event of something else', { type: 'organization.created' }, 'other-event'],
  ['an event that can never be sent', { id: undefined }, 'bad-event'],
])('%s ends quietly, and nothing is sent', async (_, message, expected) => {
  api = await startLoopbackApi(202);
  const action = load();
  await expect(action.run(aChange(message))).resolves.toBeUndefined();
  expect(lineOf(action)).toMatchObject({ code: expected });
  expect(api.calls).toEqual([]);
});
