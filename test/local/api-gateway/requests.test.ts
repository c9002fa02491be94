import { get } from 'node:http';
import {
  API_KEY,
  type EventApi,
  type EventApiOptions,
  startEventApi,
  TOPIC_ARN,
} from './helpers/an-event-api';

let api: EventApi;

async function start(options: EventApiOptions = {}): Promise<void> {
  api = await startEventApi(options);
}
afterEach(() => api.close());

const SIGNED = {
  'x-api-key': API_KEY,
  'webhook-id': 'evt_1',
  'webhook-timestamp': '1763629200',
  'webhook-signature': 'v1,c2ln v1,bmF0dXJl',
};

function post(body: unknown, headers: Record<string, string> = {}, path = 'events'): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const all = { 'Content-Type': 'application/json', ...SIGNED, ...headers };
  return fetch(`${api.url}${path}`, { method: 'POST', headers: all, body: text });
}

/** Unlike fetch, sends header names as they are given. */
function rawGet(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
  });
}

function store(query: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${api.url}store?${query}`, { headers: { ...SIGNED, ...headers } });
}

function attributes(form: URLSearchParams | undefined): Record<string, string | null> {
  const numbers = Array.from({ length: 10 }, (_, index) => `MessageAttributes.entry.${index + 1}`);
  const names = numbers.filter((entry) => form?.has(`${entry}.Name`));
  return Object.fromEntries(
    names.map((entry) => [form?.get(`${entry}.Name`), form?.get(`${entry}.Value.StringValue`) ?? null]),
  );
}

const HOSTILE = [
  'quotes " and \' and \\',
  'x&TopicArn=arn:aws:sns:us-east-1:666666666666:Theirs',
  'one + one = 100 %',
  'a%26b%2Bc',
  'two\nlines\r\nand\ttab',
  'Zoë 😀 Nguyễn',
  '$input.body #if(true) #set($x = 1) $!{context.requestId} #end',
  '$util.urlEncode("x") ## comment #* block *#',
  '</script><b>&amp;',
];

test('an event reaches SNS word for word, with the attributes of its headers and body', async () => {
  await start();
  const body = { type: 'user.registered', data: { system: 'crm' } };
  const answer = await post(body);
  expect(answer.status).toBe(202);
  const { requestId, messageId } = (await answer.json()) as Record<string, string>;
  expect(messageId).toBe('m-1');
  expect(requestId).toMatch(/^[A-Za-z0-9+/]{15}=$/);
  expect(answer.headers.get('x-amz-apigw-id')).toBe(requestId);
  const { form, raw, role } = api.published[0] ?? {};
  expect(role).toBe('PublishRole');
  expect(raw?.headers).toMatchObject({
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
  });
  expect(form?.get('Message')).toBe(JSON.stringify(body));
  expect(form?.getAll('TopicArn')).toEqual([TOPIC_ARN]);
  expect(attributes(form)).toEqual({
    ...{ type: 'user.registered', system: 'crm' },
    accepted: `${api.now} ${requestId} events`,
    webhook: 'evt_1 1763629200 v1,c2ln v1,bmF0dXJl',
  });
});

test('a caller can name its request, but not the id that is handed on', async () => {
  await start();
  const answer = await post({ type: 't' }, { 'x-amzn-RequestId': 'of-another-call' });
  expect(answer.headers.get('x-amzn-requestid')).toBe('of-another-call');
  const { requestId } = (await answer.json()) as Record<string, string>;
  expect(requestId).not.toBe('of-another-call');
  expect(attributes(api.published[0]?.form).accepted).toBe(`${api.now} ${requestId} events`);
});

test.each(HOSTILE)('a POST carries %j unharmed', async (text) => {
  await start();
  const body = JSON.stringify({ type: 'user.registered', data: { name: text } });
  expect((await post(body)).status).toBe(202);
  const { form } = api.published[0] ?? {};
  expect(form?.get('Message')).toBe(body);
  expect(form?.getAll('TopicArn')).toEqual([TOPIC_ARN]);
});

test.each(HOSTILE)('a GET carries %j unharmed in each of its parameters', async (text) => {
  await start();
  const query = ['message', 'topic', 'subject'].map((name) => `${name}=${encodeURIComponent(text)}`);
  expect((await store(query.join('&'))).status).toBe(202);
  const { form } = api.published[0] ?? {};
  expect(form?.get('Message')).toBe(text);
  expect(form?.getAll('TopicArn')).toEqual([TOPIC_ARN]);
  expect(attributes(form)).toMatchObject({ topic: text, subject: text, type: 'user.registered' });
});

test('a header is found in whatever case the client writes it', async () => {
  await start();
  const headers = Object.entries(SIGNED).map(([name, value]) => [name.toUpperCase(), value]);
  await rawGet(`${api.url}store?message=hello`, Object.fromEntries(headers));
  expect(attributes(api.published[0]?.form).webhook).toBe('evt_1 1763629200 v1,c2ln v1,bmF0dXJl');
});

test('a header of the same name does not stand in for a query parameter', async () => {
  await start();
  await store('message=hello&topic=', { message: 'from the header', topic: 'from the header' });
  expect(api.published[0]?.form.get('Message')).toBe('hello');
  expect(attributes(api.published[0]?.form)).not.toHaveProperty('topic');
});

test('of a repeated query parameter the last counts, and a plus sign is a blank', async () => {
  await start();
  await store('message=first&message=a+b');
  expect(api.published[0]?.form.get('Message')).toBe('a b');
});

test('repeated slashes lead to the same place', async () => {
  await start();
  expect((await post({ type: 't' }, {}, '/events')).status).toBe(202);
});

test("a JSON answer of SNS in the 4xx range is not the caller's fault", async () => {
  await start();
  api.answer = { status: 400, body: JSON.stringify({ Error: { Code: 'KMSAccessDenied', Message: 'no' } }) };
  const answer = await post({ type: 't' });
  expect(answer.status).toBe(502);
  expect(await answer.json()).toMatchObject({ code: 'upstream-failed' });
});

test('a response template overrides the status', async () => {
  await start();
  const body = JSON.stringify({ Error: { Code: 'InvalidParameter', Message: 'Message too long' } });
  api.answer = { status: 400, body };
  expect((await post({ type: 't' })).status).toBe(413);
});

test('a status that no pattern matches is answered by the default', async () => {
  await start();
  api.answer = { status: 302, body: '' };
  expect((await post({ type: 't' })).status).toBe(502);
});

test('rejects a call without a key, with a wrong one and with one in no plan', async () => {
  await start();
  expect((await post({ type: 't' }, { 'x-api-key': '' })).status).toBe(403);
  expect((await post({ type: 't' }, { 'x-api-key': 'nonsense' })).status).toBe(403);
  await api.close();
  await start({ keyInPlan: false });
  expect((await post({ type: 't' })).status).toBe(403);
  expect(api.published).toEqual([]);
});

test('rejects with 429 beyond the burst, and takes calls again after a while', async () => {
  await start({ usagePlan: { Throttle: { RateLimit: 2, BurstLimit: 3 } } });
  const statuses = await Promise.all([1, 2, 3, 4, 5].map(async () => (await post({ type: 't' })).status));
  expect(statuses.filter((status) => status === 202)).toHaveLength(3);
  expect(statuses.filter((status) => status === 429)).toHaveLength(2);
  api.now += 500;
  expect((await post({ type: 't' })).status).toBe(202);
  expect((await post({ type: 't' })).status).toBe(429);
});

test('rejects with 429 beyond the quota of a day, and takes calls again on the next', async () => {
  await start({ usagePlan: { Quota: { Limit: 1, Period: 'DAY' } } });
  expect((await post({ type: 't' })).status).toBe(202);
  const refused = await post({ type: 't' });
  expect([refused.status, await refused.json()]).toEqual([429, { message: 'Limit Exceeded' }]);
  api.now += 86_400_000;
  expect((await post({ type: 't' })).status).toBe(202);
});

test('the throttle of the stage holds for all keys together', async () => {
  const setting = { HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 };
  await start({ stage: { MethodSettings: [setting] } });
  expect((await post({ type: 't' })).status).toBe(202);
  expect((await post({ type: 't' })).status).toBe(429);
});

test('rejects a missing and a blank required parameter by name', async () => {
  await start();
  const missing = await post({ type: 't' }, { 'webhook-id': ' ' });
  expect([missing.status, await missing.json()]).toEqual([
    400,
    { message: 'Missing required request parameters: [webhook-id]' },
  ]);
  expect((await store('message=')).status).toBe(400);
  expect((await store('topic=x')).status).toBe(400);
});

test.each([
  ['no JSON', '{'],
  ['nothing', ''],
  ['not an object', '[]'],
  ['incomplete', '{}'],
  ['too long a text', JSON.stringify({ type: 'x'.repeat(65) })],
  ['too many properties', JSON.stringify({ type: 't', data: { a: 1, b: 2, c: 3, d: 4 } })],
])('rejects a body that is %s', async (_, body) => {
  await start();
  const answer = await post(body);
  expect([answer.status, await answer.json()]).toEqual([400, { message: 'Invalid request body' }]);
});

test('rejects a content type without a template, whose body no model checks', async () => {
  await start();
  expect((await post('<xml/>', { 'Content-Type': 'text/xml' })).status).toBe(415);
  expect((await post({ type: 't' }, { 'Content-Type': 'Application/JSON; charset=utf-8' })).status).toBe(202);
});

test('rejects a body of more than 10 MB', async () => {
  await start();
  expect((await post(`{"type":"${'x'.repeat(10_485_760)}"}`)).status).toBe(413);
});

test('rejects an unknown path, method and stage as AWS does', async () => {
  await start();
  const answer = await post({}, {}, 'elsewhere');
  expect([answer.status, await answer.json()]).toEqual([403, { message: 'Missing Authentication Token' }]);
  expect((await fetch(`${api.url}events`)).status).toBe(403);
  const stage = await fetch(api.url.replace('/v1/', '/v2/events'));
  expect(await stage.json()).toEqual({ message: 'Forbidden' });
});

test('fails with 504 when SNS does not answer in time', async () => {
  await start({ timeoutMs: 50 });
  api.answer = new Promise<never>(() => {});
  const answer = await post({ type: 't' });
  expect([answer.status, await answer.json()]).toEqual([504, { message: 'Endpoint request timed out' }]);
});

test('the API puts its own answers into words and headers, with those of the class where it has none', async () => {
  const json = (text: string) => ({ ResponseTemplates: { 'application/json': text } });
  await start({
    gatewayResponses: [
      {
        ...{ ResponseType: 'THROTTLED', StatusCode: '503', ...json('{"code":"busy"}') },
        ResponseParameters: { 'gatewayresponse.header.Retry-After': "'7'" },
      },
      { ResponseType: 'DEFAULT_4XX', ...json('{"words":$context.error.messageString}') },
    ],
    usagePlan: { Throttle: { RateLimit: 1, BurstLimit: 1 } },
  });
  expect((await post({ type: 't' })).status).toBe(202);
  const throttled = await post({ type: 't' });
  expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([503, '7']);
  expect(await throttled.json()).toEqual({ code: 'busy' });
  const forbidden = await post({ type: 't' }, { 'x-api-key': 'x' });
  expect([forbidden.status, await forbidden.json()]).toEqual([403, { words: 'Forbidden' }]);
});

test('every call leaves one line in the access log, in the format of the stage', async () => {
  const Format =
    '{"status":"$context.status","route":"$context.resourcePath","key":"$context.identity.apiKeyId"}';
  await start({ stage: { AccessLogSetting: { DestinationArn: 'arn', Format } } });
  await post({ type: 't' });
  await post({ type: 't' }, { 'x-api-key': 'x' });
  expect(api.accessLog.map((line) => JSON.parse(line))).toEqual([
    { status: '202', route: '/events', key: expect.stringMatching(/^[a-z0-9]{10}$/) },
    { status: '403', route: '/events', key: '-' },
  ]);
});

test('every call is measured, whoever answers it', async () => {
  await start();
  await post({ type: 't' });
  await post({ type: 't' }, { 'x-api-key': 'x' });
  const of = (name: string) =>
    api.cloudwatch.metrics
      .of({ namespace: 'AWS/ApiGateway', name, dimensions: { ApiName: 'api', Stage: 'v1' } })
      .between(api.now - 60_000, api.now + 60_000);
  expect([of('Count')?.sum, of('4XXError')?.sum, of('5XXError')?.sum]).toEqual([2, 1, 0]);
  expect([of('Latency')?.count, of('IntegrationLatency')?.count]).toEqual([2, 1]);
});
