import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { createProvisioningClient, ProvisioningError } from '../../client/provisioning-client';
import { anApiEvent, aToken, bearer, createApiInMemory } from '../lambdas/provisioning-api/helpers/api';

/** The client, with the function behind it instead of a network. */
function aClient(options: { patienceMs?: number; answers?: (() => Response)[] } = {}) {
  const api = createApiInMemory();
  const asked: { url: string; init: RequestInit }[] = [];
  const pauses: number[] = [];
  const fetch = async (input: string | URL | Request, init: RequestInit = {}) => {
    asked.push({ url: String(input), init });
    const answer = options.answers?.shift();
    if (answer !== undefined) return answer();
    const { pathname } = new URL(String(input));
    const [, system] = /^\/me\/links\/(.+)$/.exec(pathname) ?? [];
    const routeKey = system === undefined ? `${init.method ?? 'GET'} ${pathname}` : 'PUT /me/links/{system}';
    const event = anApiEvent(routeKey, {
      ...(system !== undefined && { path: { system: decodeURIComponent(system) } }),
      headers: init.headers as Record<string, string>,
      ...(init.body !== undefined && { body: init.body }),
    });
    const { statusCode, headers, body } = (await api.handler(event)) as APIGatewayProxyStructuredResultV2;
    return new Response(body ?? null, {
      status: statusCode ?? 0,
      headers: headers as Record<string, string>,
    });
  };
  const client = createProvisioningClient({
    ...{ url: 'https://api.example.com', fetch, patienceMs: options.patienceMs ?? 30_000 },
    pause: async (ms) => {
      pauses.push(ms);
      api.clock.now += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
    now: () => api.clock.now,
  });
  return { client, api, asked, pauses };
}

const TOKEN = bearer(aToken()).replace('Bearer ', '');

it('gets an account that is there by one call, with the token and a wish to wait', async () => {
  const { client, api, asked } = aClient();
  api.put({ state: 'linked', accountId: 'account-1' });
  expect(await client.accountIn('crm', TOKEN)).toMatchObject({ accountId: 'account-1' });
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({
    url: 'https://api.example.com/me/links/crm',
    init: {
      method: 'PUT',
      redirect: 'error',
      headers: { prefer: 'wait=10', authorization: `Bearer ${TOKEN}` },
    },
  });
});

it('gets one that is made meanwhile, however often it has to ask', async () => {
  const { client, api, asked, pauses } = aClient();
  // Nobody else may wait in there, so that each call is answered at once.
  api.waiting.now = api.waiting.most;
  const made = client.accountIn('crm', TOKEN, { country: 'de' });
  while (pauses.length < 3) await new Promise((resolve) => setImmediate(resolve));
  api.put({ state: 'linked', accountId: 'account-1', revision: 3 });
  expect(await made).toMatchObject({ accountId: 'account-1' });
  expect(asked.length).toBeGreaterThan(3);
  expect(asked[0]?.init.body).toBe('{"country":"de"}');
});

it('waits as long as it is told between two calls, and bears with what passes', async () => {
  const passing = [429, 503, 502].map(
    (status) => () => new Response('', { status, headers: { 'retry-after': '2' } }),
  );
  const { client, api, pauses } = aClient({ answers: [...passing, () => new Response('', { status: 504 })] });
  api.put({ state: 'linked', accountId: 'account-1' });
  expect(await client.accountIn('crm', TOKEN)).toMatchObject({ accountId: 'account-1' });
  expect(pauses).toEqual([2_000, 2_000, 2_000, 1_000]);
});

it('fails with still-waiting once its patience ends', async () => {
  const { client } = aClient({ patienceMs: 25_000 });
  await expect(client.accountIn('crm', TOKEN)).rejects.toMatchObject({
    ...{ name: 'ProvisioningError', code: 'still-waiting', status: 202 },
    link: { system: 'crm', state: 'pending' },
  });
});

it('fails at once with the code of the API, and with a status where there is none', async () => {
  const { client, api, asked } = aClient();
  api.put({ state: 'held', code: 'conflict' });
  await expect(client.accountIn('crm', TOKEN)).rejects.toMatchObject({
    code: 'conflict',
    link: { state: 'held' },
  });
  await expect(client.accountIn('../users/x', TOKEN)).rejects.toMatchObject({
    code: 'no-system',
    status: 404,
  });
  expect(asked.at(-1)?.url).toBe('https://api.example.com/me/links/..%2Fusers%2Fx');
  const other = aClient({ answers: [() => new Response('{"message":"Unauthorized"}', { status: 401 })] });
  await expect(other.client.me(TOKEN)).rejects.toMatchObject({ code: 'http-401' });
});

it('says who the person is', async () => {
  const { client } = aClient();
  expect(await client.me(TOKEN)).toMatchObject({ id: 'auth0|1', links: [] });
  expect(new ProvisioningError(403, 'x', 'words')).toBeInstanceOf(Error);
});

it('bears with a connection that breaks', async () => {
  const broken = () => {
    throw new TypeError('fetch failed');
  };
  const { client, api, pauses } = aClient({ answers: [broken, broken] });
  api.put({ state: 'linked', accountId: 'account-1' });
  expect(await client.accountIn('crm', TOKEN)).toMatchObject({ accountId: 'account-1' });
  expect(pauses).toEqual([1_000, 1_000]);
});

it.each(['accountIn', 'me'] as const)(
  '%s waits no longer than its patience for who never answers',
  async (call) => {
    const fetch = (_: unknown, { signal }: RequestInit = {}) =>
      new Promise<Response>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const client = createProvisioningClient({ url: 'https://api.example.com/', fetch, patienceMs: 20 });
    const asked = call === 'me' ? client.me(TOKEN) : client.accountIn('crm', TOKEN);
    await expect(asked).rejects.toMatchObject({ code: 'unreachable', status: 0 });
  },
);

it('changes what is the person’s own, and says what is not', async () => {
  const { client, asked } = aClient({
    answers: [
      () => Response.json({ user_metadata: { theme: 'dark' } }),
      () => Response.json({ code: 'not-yours', title: 'No.' }, { status: 403 }),
    ],
  });
  expect(await client.changeMe(TOKEN, { theme: 'dark' })).toEqual({ theme: 'dark' });
  expect(asked[0]).toMatchObject({
    url: 'https://api.example.com/me',
    init: { method: 'PATCH', body: '{"user_metadata":{"theme":"dark"}}' },
  });
  await expect(client.changeMe(TOKEN, { plan: 'pro' })).rejects.toMatchObject({
    status: 403,
    code: 'not-yours',
  });
});
