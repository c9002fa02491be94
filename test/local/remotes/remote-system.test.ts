import { join } from 'node:path';
import { bundleWorker } from '../../../local/remotes/bundle-worker';
import { type RemoteSystem, startRemoteSystem } from '../../../local/remotes/remote-system';
import { waitFor } from '../../helpers/wait-for';

const kill = jest.fn();
let code: string;
let crm: RemoteSystem;

beforeAll(async () => {
  code = await bundleWorker(join(__dirname, '../../../local/remotes/scim.worker.ts'));
}, 30_000);
beforeEach(async () => {
  kill.mockClear();
  crm = await startRemoteSystem(code, { name: 'crm', path: '/scim/v2', token: 'secret' }, 0, kill);
}, 30_000);
afterEach(() => crm.stop());

const TOKEN = { authorization: 'Bearer secret' };
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

function create(userName: string, externalId: string, token = 'secret'): Promise<Response> {
  return fetch(`${crm.url}/Users`, {
    method: 'POST',
    headers: { 'content-type': 'application/scim+json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ schemas: [USER], userName, externalId, active: true }),
  });
}

async function find(filter: string, headers: Record<string, string> = {}): Promise<unknown[]> {
  const answer = await fetch(`${crm.url}/Users?filter=${encodeURIComponent(filter)}`, { headers });
  return ((await answer.json()) as { Resources: unknown[] }).Resources;
}

test('an account is made with the token and found without', async () => {
  expect((await create('Ada', 'dev:1')).status).toBe(201);
  expect(await find('externalId eq "dev:1"')).toEqual([expect.objectContaining({ userName: 'Ada' })]);
  expect(await find('userName eq "ADA"')).toHaveLength(1);
  expect(await find('externalId eq "DEV:1"')).toEqual([]);
  expect(await find('userName sw "A" and active eq true')).toHaveLength(1);
});

test('rejects writing without the right token, and reading with a wrong one', async () => {
  expect((await create('ada', 'dev:1', 'wrong')).status).toBe(401);
  const headers = { authorization: 'Bearer wrong' };
  expect((await fetch(`${crm.url}/Users`, { headers })).status).toBe(401);
  expect(await crm.count()).toMatchObject({ accounts: 0, duplicates: 0 });
});

test('rejects a second account of one user name, and counts accounts beyond one per externalId', async () => {
  await create('ada', 'dev:1');
  expect((await create('ADA', 'dev:2')).status).toBe(409);
  await create('ada-2', 'dev:1');
  expect(await crm.count()).toMatchObject({ accounts: 2, duplicates: 1 });
});

test('a fault before takes no effect, with the status and headers it asks for', async () => {
  await crm.addFault({
    ...{ operation: 'POST /Users', when: 'before', effect: 'error', times: 1 },
    ...{ status: 429, headers: { 'Retry-After': '30' } },
  });
  const refused = await create('ada', 'dev:1');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
  expect(await crm.count()).toMatchObject({ accounts: 0 });
  expect((await create('ada', 'dev:1')).status).toBe(201);
});

test('a fault after takes effect, and the caller is not told', async () => {
  await crm.addFault({ operation: 'POST /Users', when: 'after', effect: 'error', status: 503, times: 1 });
  expect((await create('ada', 'dev:1')).status).toBe(503);
  expect(await crm.count()).toMatchObject({ accounts: 1 });
});

test('a kill after asks for the end of the caller, which gets no answer', async () => {
  await crm.addFault({ operation: 'POST /Users', when: 'after', effect: 'kill', times: 1 });
  const answer = create('ada', 'dev:1').then(
    () => 'answered',
    () => 'dropped',
  );
  await waitFor('the kill', async () => kill.mock.calls.length === 1);
  expect(await Promise.race([answer, Promise.resolve('silence')])).toBe('silence');
  expect(await crm.count()).toMatchObject({ accounts: 1 });
  await crm.down();
  expect(await answer).toBe('dropped');
});

test('a fault of another operation lets a call pass', async () => {
  await crm.addFault({ operation: 'GET /Users/{id}', when: 'before', effect: 'reset' });
  expect((await create('ada', 'dev:1')).status).toBe(201);
  await expect(fetch(`${crm.url}/Users/42`, { headers: TOKEN })).rejects.toThrow('fetch failed');
  expect((await fetch(`${crm.url}/Users/42`)).status).toBe(404);
  await crm.clearFaults();
  expect((await fetch(`${crm.url}/Users/42`, { headers: TOKEN })).status).toBe(404);
});

test('Retry-After is in seconds, or the date that they lead to', async () => {
  const throttled = {
    when: 'before',
    effect: 'error',
    status: 429,
    times: 1,
    retryAfterSeconds: 90,
  } as const;
  await crm.addFault(throttled);
  await crm.addFault({ ...throttled, retryAfterAs: 'date' });
  expect((await create('ada', 'dev:1')).headers.get('retry-after')).toBe('90');
  const date = Date.parse((await create('ada', 'dev:1')).headers.get('retry-after') ?? '');
  expect(Math.abs(date - Date.now() - 90_000)).toBeLessThan(3_000);
});

test('an answer breaks off, is something else, or comes by half and waits', async () => {
  await crm.addFault({ effect: 'malformed-json', times: 1 });
  await crm.addFault({ effect: 'wrong-schema', times: 1 });
  await crm.addFault({ effect: 'slow-body', delayMs: 150 });
  const broken = await create('ada', 'dev:1');
  expect(broken.status).toBe(201);
  await expect(broken.json()).rejects.toThrow(/JSON/);
  const other = await create('bob', 'dev:2');
  expect([other.status, await other.json()]).toEqual([
    201,
    expect.not.objectContaining({ id: expect.anything() }),
  ]);
  const began = performance.now();
  const slow = await create('cy', 'dev:3');
  expect(performance.now() - began).toBeLessThan(140);
  expect(await slow.json()).toMatchObject({ userName: 'cy' });
  expect(performance.now() - began).toBeGreaterThan(140);
  expect(await crm.count()).toMatchObject({ accounts: 3, calls: { 'POST /Users': 3 }, faulted: 3 });
});

test('searches show new accounts late, a page of them, more than there are, or everybody', async () => {
  await create('ada', 'dev:1');
  await create('bob', 'dev:2');
  const search = async () => {
    const filter = encodeURIComponent('externalId eq "dev:1"');
    const answer = await fetch(`${crm.url}/Users?filter=${filter}`, { headers: TOKEN });
    const { totalResults, Resources = [] } = (await answer.json()) as {
      totalResults: number;
      Resources?: [];
    };
    return [Resources.length, totalResults];
  };
  await crm.addFault({ effect: 'late-search', lagSeconds: 60, times: 1 });
  await crm.addFault({ effect: 'paging', size: 0, times: 1 });
  await crm.addFault({ effect: 'more-results', more: 4, times: 1 });
  await crm.addFault({ effect: 'filter-ignored', times: 1 });
  expect([await search(), await search(), await search(), await search(), await search()]).toEqual([
    ...[
      [0, 0],
      [0, 1],
      [1, 5],
      [2, 2],
      [1, 1],
    ],
  ]);
});

test('a token that expired is refused until the system has another', async () => {
  await crm.addFault({ effect: 'token-expired' });
  expect((await create('ada', 'dev:1')).status).toBe(401);
  await crm.setToken('another');
  expect((await create('ada', 'dev:1')).status).toBe(401);
  expect((await create('ada', 'dev:1', 'another')).status).toBe(201);
});

test('a system that is down refuses connections and keeps its accounts', async () => {
  await create('ada', 'dev:1');
  await crm.down();
  await expect(create('bob', 'dev:2')).rejects.toThrow('fetch failed');
  await crm.up();
  expect((await create('bob', 'dev:2')).status).toBe(201);
  expect(await crm.count()).toMatchObject({ accounts: 2 });
});

test('fails to start where a port is in use, naming it', async () => {
  const { port } = new URL(crm.url);
  const settings = { name: 'tickets', path: '/scim/v2', token: 'secret' };
  await expect(startRemoteSystem(code, settings, Number(port), kill)).rejects.toMatchObject({
    code: 'port-in-use',
    message: expect.stringContaining(`Port ${port} is in use`),
  });
});
