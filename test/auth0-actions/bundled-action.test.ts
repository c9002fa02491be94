import { verifySignature } from '../../events/signature';
import { anAuth0Event, anAuth0User, PERSONAL, SIGNING_SECRET } from './helpers/an-auth0-event';
import { HOSTILE_EVENTS } from './helpers/hostile-events';
import { bundledCode, FROZEN_AT, type LoadedAction, loadBundle } from './helpers/load-bundle';
import { type LoopbackApi, startLoopbackApi } from './helpers/loopback-api';

let code: string;
let api: LoopbackApi;

beforeAll(async () => {
  code = await bundledCode({ attributes: ['name', 'user_metadata.country'] });
});
afterEach(() => api?.close());

/** `event` with the address of the API on this machine in place of the usual one. */
function aimed(event: unknown): unknown {
  const secrets = Object.getOwnPropertyDescriptor(event ?? {}, 'secrets')?.value as Record<string, unknown>;
  if (secrets?.EVENT_API_URL !== 'https://api.example.com/v1/') return event;
  return { ...(event as object), secrets: { ...secrets, EVENT_API_URL: api.url } };
}

async function ended(action: LoadedAction, event: unknown): Promise<Record<string, unknown>> {
  await expect(action.run(aimed(event))).resolves.toBeUndefined();
  expect(action.lines).toHaveLength(1);
  return JSON.parse(action.lines[0] ?? '') as Record<string, unknown>;
}

test('a registration arrives signed, with the key and nothing Auth0 was not asked for', async () => {
  api = await startLoopbackApi(202);
  expect(await ended(loadBundle(code), anAuth0Event())).toMatchObject({
    code: 'emitted',
    status: 202,
    attempts: 1,
  });
  const [call] = api.calls;
  const { 'webhook-id': id, 'webhook-signature': signature } = (call?.headers ?? {}) as Record<
    string,
    string
  >;
  const content = { id: id ?? '', timestampSeconds: Math.floor(FROZEN_AT / 1000), body: call?.body ?? '' };
  expect(call).toMatchObject({
    path: '/v1/events',
    headers: { 'x-api-key': 'key-1', 'content-type': 'application/json' },
  });
  expect(await verifySignature(SIGNING_SECRET, content, signature ?? '')).toBe(true);
  const { user } = anAuth0Event();
  const { user_metadata: _, app_metadata: __, ...sent } = user;
  expect(JSON.parse(content.body)).toEqual({
    specversion: '1.0',
    id,
    source: 'urn:auth0:acme',
    type: 'user.registered',
    time: '2026-11-20T09:00:01.500Z',
    data: {
      user: { ...sent, user_metadata_country: 'GB' },
      connection: { name: 'Username-Password-Authentication', strategy: 'auth0' },
    },
  });
});

test('a server error is tried once more with the same id', async () => {
  api = await startLoopbackApi(503, 202);
  expect(await ended(loadBundle(code), anAuth0Event())).toMatchObject({ code: 'emitted', attempts: 2 });
  expect(api.calls[1]?.headers['webhook-id']).toBe(api.calls[0]?.headers['webhook-id']);
});

test('a broken connection is tried once more', async () => {
  api = await startLoopbackApi('reset', 202);
  expect(await ended(loadBundle(code), anAuth0Event())).toMatchObject({ code: 'emitted', attempts: 2 });
});

test('a body that never ends makes nobody wait', async () => {
  api = await startLoopbackApi('slow-body');
  const startedAt = performance.now();
  expect(await ended(loadBundle(code), anAuth0Event())).toMatchObject({ code: 'emitted', attempts: 1 });
  expect(performance.now() - startedAt).toBeLessThan(1_450);
});

test.each([400, 403, 413, 429, 307] as const)('fails at once with %i', async (status) => {
  api = await startLoopbackApi(status);
  expect(await ended(loadBundle(code), anAuth0Event())).toMatchObject({
    code: 'refused',
    status,
    attempts: 1,
  });
  expect(api.calls).toHaveLength(1);
});

test('fails after two broken connections', async () => {
  api = await startLoopbackApi('reset');
  expect(await ended(loadBundle(code), anAuth0Event())).toMatchObject({ code: 'unreachable', attempts: 2 });
  expect(api.calls).toHaveLength(2);
});

test('fails when nobody listens', async () => {
  api = await startLoopbackApi();
  await api.close();
  expect(await ended(loadBundle(code), anAuth0Event())).toMatchObject({ code: 'unreachable', attempts: 2 });
});

test('fails at the end of the budget when the API hangs', async () => {
  api = await startLoopbackApi('hang');
  const startedAt = performance.now();
  expect(await ended(loadBundle(code), anAuth0Event())).toMatchObject({ code: 'timed-out', attempts: 1 });
  const tookMs = performance.now() - startedAt;
  expect(tookMs).toBeGreaterThan(1490);
  // A busy machine comes late, and a second budget is another 1,500.
  expect(tookMs).toBeLessThan(2_900);
});

test('fails within the same budget when the second try hangs', async () => {
  api = await startLoopbackApi(500, 'hang');
  const startedAt = performance.now();
  expect(await ended(loadBundle(code), anAuth0Event())).toMatchObject({ code: 'timed-out', attempts: 2 });
  expect(performance.now() - startedAt).toBeLessThan(2_900);
});

test.each(HOSTILE_EVENTS)('%s harms nobody', async (_, event, expected) => {
  api = await startLoopbackApi(202);
  const action = loadBundle(code);
  expect(await ended(action, event)).toMatchObject({ code: expected });
  const line = action.lines.join();
  expect(line.length).toBeLessThanOrEqual(256);
  expect(PERSONAL.filter((text) => line.includes(text))).toEqual([]);
});

test.each([202, 503, 'hang', 'reset'] as const)(
  'the line printed after %s names nobody',
  async (behaviour) => {
    api = await startLoopbackApi(behaviour);
    const action = loadBundle(code);
    await action.run(aimed(anAuth0Event({ user: anAuth0User() })));
    expect(PERSONAL.filter((text) => action.lines.join().includes(text))).toEqual([]);
  },
);

describe('on a runtime that lacks', () => {
  const throwing = () => {
    throw new Error('not here');
  };

  test('the global crypto, node:crypto signs', async () => {
    api = await startLoopbackApi(202);
    const action = loadBundle(code, { crypto: undefined });
    expect(await ended(action, anAuth0Event())).toMatchObject({ code: 'emitted' });
    expect(new Set(action.required)).toEqual(new Set(['node:crypto']));
  });

  test('require, the global crypto signs', async () => {
    api = await startLoopbackApi(202);
    expect(await ended(loadBundle(code, { require: undefined }), anAuth0Event())).toMatchObject({
      code: 'emitted',
    });
  });

  test.each([
    ['any crypto', { crypto: undefined, require: throwing }, 'no-crypto'],
    ['a crypto that works', { crypto: { subtle: { importKey: throwing } } }, 'no-crypto'],
    ['fetch', { fetch: undefined }, 'no-fetch'],
    ['AbortController', { AbortController: undefined }, 'unexpected'],
    ['TextEncoder', { TextEncoder: undefined }, 'no-crypto'],
  ])('fails quietly without %s', async (_, globals, expected) => {
    api = await startLoopbackApi(202);
    expect(await ended(loadBundle(code, globals), anAuth0Event())).toMatchObject({ code: expected });
  });

  test('a console, nothing is printed and the event still goes', async () => {
    api = await startLoopbackApi(202);
    await loadBundle(code, { console: undefined }).run(aimed(anAuth0Event()));
    expect(api.calls).toHaveLength(1);
  });
});

test('with crypto at hand the bundle requires nothing', async () => {
  api = await startLoopbackApi(202);
  const action = loadBundle(code);
  await ended(action, anAuth0Event());
  expect(action.required).toEqual([]);
});
