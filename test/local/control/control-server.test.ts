import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SAMPLE_USER } from '../../../local/auth0/sample-user';
import { TenantUsers } from '../../../local/auth0/tenant-users';
import { createControlServer } from '../../../local/control/control-server';
import { closeServer, listen } from '../../../local/listen';
import type { Session } from '../../../local/session';

const crm = {
  name: 'crm',
  url: 'u',
  isUp: true,
  down: jest.fn(),
  up: jest.fn(),
  count: async () => ({ accounts: 1, duplicates: 0 }),
};
const faults = { add: jest.fn(), clear: jest.fn() };
const remoteFaults = { add: jest.fn(), clear: jest.fn() };
const tell = jest.fn();
const repeat = jest.fn();
const register = jest.fn(async () => ({ userId: 'u', emitted: true, code: 'emitted' }));
const kill = jest.fn(async () => 2);
const throttle = jest.fn();
const slow = jest.fn();
const mail = { time: '', topic: 'AlarmTopic', subject: 'ALARM: "crm-behind"', text: 'It waits.' };
const alarm = {
  definition: { name: 'crm-behind', description: '[critical] It waits.\nRunbook: docs/runbook.md#behind' },
  ...{ state: 'ALARM', reason: 'Threshold Crossed', since: 0 },
};
const crmFunction = { name: 'crm', system: { name: 'crm', kind: 'scim' }, environment: {} };
const restartCompute = jest.fn(async () => {});

let directory: string;
let server: Server;
let url: string;
let session: Session | undefined;

beforeEach(async () => {
  jest.clearAllMocks();
  directory = await mkdtemp(join(tmpdir(), 'punctual-control-'));
  session = {
    run: {
      stackName: 'UserProvisioning-dev',
      clock: { now: () => 0, scale: 1 },
      queues: { counts: async () => ({ q: { visible: 0, inFlight: 1, delayed: 0 } }) },
      functions: { states: () => [], list: () => [crmFunction], kill, throttle, slow },
      cloudwatch: { alarms: { list: () => [alarm] } },
      outbox: { list: () => [mail] },
      iam: { denials: { total: () => 2, list: () => [{ action: 'sqs:SendMessage', count: 2 }] } },
      frontDoor: {
        faults,
        calls: { counts: () => [{ service: 'sqs', count: 3 }], total: () => 3, reset: jest.fn() },
      },
      log: { directory },
      restartCompute,
    },
    remotes: {
      list: () => [crm],
      get: (name: string) => (name === 'crm' ? crm : undefined),
      of: (name: string) => (name === 'crm' ? [crm] : []),
      addFault: remoteFaults.add,
      clearFaults: remoteFaults.clear,
    },
    tracker: { size: 4, settledCount: 3 },
    register,
    users: new TenantUsers(() => 0),
    stream: { tell, repeat, stop: jest.fn() },
  } as unknown as Session;
  server = createControlServer(() => session);
  url = `http://127.0.0.1:${await listen(server, 0, 'the control API')}`;
});
afterEach(async () => {
  await closeServer(server);
  await rm(directory, { recursive: true });
});

async function call(method: string, path: string, body?: unknown): Promise<[number, unknown]> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(url + path, { method, ...(text === undefined ? {} : { body: text }) });
  return [answer.status, await answer.json()];
}

const USER = {
  connection: { id: 'c', name: 'Username-Password-Authentication', strategy: 'auth0' },
  user: { user_id: 'auth0|1', email: 'ada@example.com' },
};

test('the state of a run is one object', async () => {
  expect(await call('GET', '/')).toEqual([
    200,
    expect.objectContaining({
      stack: 'UserProvisioning-dev',
      queues: { q: { visible: 0, inFlight: 1, delayed: 0 } },
      remotes: [{ name: 'crm', url: 'u', up: true, accounts: 1, duplicates: 0 }],
      links: { all: 4, settled: 3 },
      alarms: { OK: 0, ALARM: 1, INSUFFICIENT_DATA: 0 },
      calls: 3,
      denials: 2,
    }),
  ]);
});

test('what IAM refused is listed', async () => {
  expect(await call('GET', '/denials')).toEqual([200, [{ action: 'sqs:SendMessage', count: 2 }]]);
});

test('a user goes through the Action', async () => {
  expect(await call('POST', '/users', USER)).toEqual([200, { emitted: true, code: 'emitted' }]);
  expect(register).toHaveBeenCalledWith(USER);
});

describe('a user who signed up', () => {
  const path = `/users/${encodeURIComponent('auth0|1')}`;
  beforeEach(() => session?.users.signUp(SAMPLE_USER.parse(USER)));
  const told = () => tell.mock.calls.flat(2).map(({ type, object }) => [type, object.user_id]);

  test('is changed, which the stream tells', async () => {
    const [status, profile] = await call('PATCH', path, { email: 'new@example.com', blocked: true });
    expect([status, profile]).toEqual([200, expect.objectContaining({ user_id: 'auth0|1', blocked: true })]);
    expect(told()).toEqual([['user.updated', 'auth0|1']]);
  });

  test('is deleted, which the stream tells', async () => {
    expect((await call('DELETE', path))[0]).toBe(200);
    expect(told()).toEqual([['user.deleted', 'auth0|1']]);
    expect((await call('DELETE', path))[0]).toBe(404);
  });

  test('is linked to another one, which the stream tells as a change and a deletion', async () => {
    session?.users.signUp(SAMPLE_USER.parse({ ...USER, user: { user_id: 'auth0|2' } }));
    expect((await call('POST', `${path}/identities`, { user_id: 'auth0|2' }))[0]).toBe(200);
    expect(told()).toEqual([
      ['user.updated', 'auth0|1'],
      ['user.deleted', 'auth0|2'],
    ]);
  });

  test('rejects what Auth0 alone writes, and what is not of its type', async () => {
    for (const body of [
      { user_id: 'auth0|3' },
      { updated_at: 'now' },
      { identities: [] },
      { blocked: 'y' },
    ]) {
      expect(await call('PATCH', path, body)).toMatchObject([400, { code: 'bad-request' }]);
    }
    expect(told()).toEqual([]);
  });
});

test('events are delivered more than once on demand', async () => {
  expect((await call('POST', '/event-stream', { deliveries: 2 }))[0]).toBe(200);
  expect(repeat).toHaveBeenCalledWith(2);
  expect((await call('POST', '/event-stream', { deliveries: -1 }))[0]).toBe(400);
});

test('functions and compute end on demand', async () => {
  expect(await call('POST', '/functions/crm/kill')).toEqual([200, { killed: 2 }]);
  expect(kill).toHaveBeenCalledWith('crm');
  expect((await call('POST', '/compute/restart'))[0]).toBe(200);
  expect(restartCompute).toHaveBeenCalledTimes(1);
});

test('alarms say since when they are on, why, and where to read on', async () => {
  const since = '1970-01-01T00:00:00.000Z';
  const runbook = 'docs/runbook.md#behind';
  const shown = { name: 'crm-behind', state: 'ALARM', since, reason: 'Threshold Crossed', runbook };
  expect(await call('GET', '/alarms')).toEqual([200, [shown]]);
});

test('mails that topics sent can be read', async () => {
  expect(await call('GET', '/mails')).toEqual([200, [mail]]);
});

test('a function is kept from running, or slow, for a while', async () => {
  expect((await call('POST', '/functions/crm/throttle', { seconds: 300 }))[0]).toBe(200);
  expect(throttle).toHaveBeenCalledWith('crm', 300);
  await call('POST', '/functions/crm/slow', { seconds: 300, milliseconds: 16_000 });
  expect(slow).toHaveBeenCalledWith('crm', 300, 16_000);
});

test('a remote system goes down and up by its name', async () => {
  await call('POST', '/remotes/crm/down');
  await call('POST', '/remotes/crm/up');
  expect([crm.down.mock.calls.length, crm.up.mock.calls.length]).toEqual([1, 1]);
});

test('a fault that names a remote system goes there, any other to the AWS services', async () => {
  const remote = { remote: 'crm', operation: 'POST /Users', when: 'after', effect: 'reset', times: 1 };
  const service = {
    service: 'dynamodb',
    operation: 'PutItem',
    caller: 'crm',
    when: 'before',
    effect: 'error',
  };
  await call('POST', '/faults', remote);
  await call('POST', '/faults', service);
  expect(remoteFaults.add.mock.calls).toEqual([[remote]]);
  expect(faults.add.mock.calls).toEqual([[service]]);
  await call('DELETE', '/faults');
  expect([remoteFaults.clear.mock.calls.length, faults.clear.mock.calls.length]).toEqual([1, 1]);
});

test('a fault has a name, whatever the kind of its system', async () => {
  const asked = { system: 'crm', fault: 'timeout-after', operation: 'POST', probability: 0.5 };
  expect((await call('POST', '/faults', asked))[0]).toBe(200);
  const rule = { remote: 'crm', operation: 'POST', probability: 0.5, when: 'after', effect: 'hang' };
  expect(remoteFaults.add.mock.calls.at(-1)).toEqual([rule]);
});

test('calls are counted and logs are lines by source', async () => {
  await writeFile(join(directory, 'crm.log'), 'one\ntwo\n');
  expect(await call('GET', '/calls')).toEqual([200, [{ service: 'sqs', count: 3 }]]);
  expect((await call('DELETE', '/calls'))[0]).toBe(200);
  expect(await call('GET', '/logs')).toEqual([200, { crm: ['one', 'two'] }]);
});

test.each([
  ['an unknown path', 'GET', '/nonsense', undefined, 404, 'not-found'],
  ['an unknown remote system', 'POST', '/remotes/erp/down', undefined, 404, 'not-found'],
  [
    'a fault in an unknown remote system',
    'POST',
    '/faults',
    { remote: 'erp', when: 'before', effect: 'hang' },
    404,
    'not-found',
  ],
  ['throttling an unknown function', 'POST', '/functions/erp/throttle', { seconds: 1 }, 404, 'not-found'],
  ['throttling without a time', 'POST', '/functions/crm/throttle', {}, 400, 'bad-request'],
  ['a body that is not JSON', 'POST', '/users', '{', 400, 'bad-request'],
  ['a user without a connection', 'POST', '/users', { user: USER.user }, 400, 'bad-request'],
  [
    'a fault of an unknown kind',
    'POST',
    '/faults',
    { when: 'before', effect: 'explode' },
    400,
    'bad-request',
  ],
  [
    'a fault with a misspelt field',
    'POST',
    '/faults',
    { remote: 'crm', when: 'before', efect: 'hang' },
    400,
    'bad-request',
  ],
])('rejects %s', async (_, method, path, body, status, code) => {
  expect(await call(method, path, body)).toEqual([status, expect.objectContaining({ code })]);
});

test('rejects calls of web pages, and every call before the run has started', async () => {
  const fromPage = await fetch(url, { headers: { origin: 'https://evil.example.com' } });
  expect(fromPage.status).toBe(403);
  session = undefined;
  expect(await call('GET', '/')).toEqual([503, expect.objectContaining({ code: 'starting' })]);
});
