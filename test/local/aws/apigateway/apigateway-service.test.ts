import { ApiKeys } from '../../../../local/api-gateway/api-keys';
import { createApigatewayService } from '../../../../local/aws/apigateway/apigateway-service';
import { readRest } from '../../../../local/aws/protocol/rest-protocol';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const CLOCK = { now: () => NOW, scale: 1, startedAt: NOW, realDelayMs: (ms: number) => ms };

function setUp() {
  const keys = new ApiKeys();
  keys.addKey({ id: 'first', enabled: true, value: 'v'.repeat(20), createdAt: NOW - 60_000 });
  keys.addPlan({
    id: 'plan',
    stages: [{ apiId: 'api', stage: 'v1' }],
    throttle: undefined,
    quota: undefined,
  });
  keys.addMember('plan', 'first');
  const service = createApigatewayService(keys, CLOCK);
  const request = async (method: string, path: string, body?: object) => {
    const asked = { method, path, headers: {}, body: body === undefined ? '' : JSON.stringify(body) };
    const { operation, input } = readRest(asked, 'apigateway');
    return (await service.handle(operation, input)).json;
  };
  const isAdmitted = (value: string) => {
    try {
      return keys.admit(value, 'api', 'v1', CLOCK) !== undefined;
    } catch {
      return false;
    }
  };
  return { request, isAdmitted };
}

test('a key is shown with its value only to who asks for it', async () => {
  const { request } = setUp();
  const key = { id: 'first', enabled: true, createdDate: NOW / 1000 - 60 };
  expect(await request('GET', '/apikeys/first')).toEqual(key);
  expect(await request('GET', '/apikeys/first?includeValue=true')).toEqual({ ...key, value: 'v'.repeat(20) });
  expect(await request('GET', '/apikeys')).toEqual({ item: [key] });
});

test('a new key is let in once it is in the plan, and the old one until it is disabled', async () => {
  const { request, isAdmitted } = setUp();
  const { id, value } = await request('POST', '/apikeys', { name: 'second', enabled: true });
  expect(isAdmitted(String(value))).toBe(false);
  await request('POST', '/usageplans/plan/keys', { keyId: id, keyType: 'API_KEY' });
  expect([isAdmitted(String(value)), isAdmitted('v'.repeat(20))]).toEqual([true, true]);
  expect(await request('GET', '/usageplans/plan/keys')).toEqual({
    item: [
      { id: 'first', type: 'API_KEY' },
      { id, type: 'API_KEY' },
    ],
  });
  const patchOperations = [{ op: 'replace', path: '/enabled', value: 'false' }];
  await request('PATCH', '/apikeys/first', { patchOperations });
  expect([isAdmitted(String(value)), isAdmitted('v'.repeat(20))]).toEqual([true, false]);
});

test('a key that is deleted is in no plan and lets nobody in', async () => {
  const { request, isAdmitted } = setUp();
  await request('DELETE', '/apikeys/first');
  expect(await request('GET', '/usageplans/plan/keys')).toEqual({ item: [] });
  expect(await request('GET', '/apikeys')).toEqual({ item: [] });
  expect(isAdmitted('v'.repeat(20))).toBe(false);
});

test.each([
  ['a path that we do not know', 'GET', '/restapis', undefined, 'UnsupportedOperation'],
  ['a key that is not there', 'GET', '/apikeys/nobody', undefined, 'NotFoundException'],
  ['a plan that is not there', 'GET', '/usageplans/nothing/keys', undefined, 'NotFoundException'],
  ['a field that we do not know', 'POST', '/apikeys', { name: 'x', stageKeys: [] }, 'BadRequestException'],
  [
    'a change that we do not know',
    'PATCH',
    '/apikeys/first',
    { patchOperations: [{ op: 'replace', path: '/name', value: 'x' }] },
    'BadRequestException',
  ],
  [
    'a key that is in the plan already',
    'POST',
    '/usageplans/plan/keys',
    { keyId: 'first', keyType: 'API_KEY' },
    'ConflictException',
  ],
])('rejects %s', async (_, method, path, body, code) => {
  await expect((async () => setUp().request(method, path, body))()).rejects.toMatchObject({ code });
});
