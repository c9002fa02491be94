import { REQUEST_PATHS } from '../../../local/api-gateway/request-context';
import { createInput } from '../../../local/api-gateway/vtl/input';
import { createMappingTemplate } from '../../../local/api-gateway/vtl/mapping-template';
import { vtl } from '../helpers/vtl';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:events';
const NASTY = [
  `O'Brien "the" \\ backslash`,
  '50% & more + plus = equals; a/b?c#d',
  'line\nbreak\r\nand\ttab',
  'emoji 👩‍🚀 ß 漢字',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a reference of the template language.
  '$context.requestId $!{x} ${y} #set($a = 1) #if(true) #end ## $util.urlEncode("x")',
  `&TopicArn=arn:aws:sns:us-east-1:999999999999:other&Action=DeleteTopic`,
  '%26TopicArn%3Dother+%2B',
];

interface Call {
  readonly body?: string;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
}

function formOf(
  name: 'publish-event' | 'publish-store',
  { body = '', query = {}, headers = {} }: Call,
): string {
  return createMappingTemplate(vtl('read-webhook-headers') + vtl(name), REQUEST_PATHS).render({
    input: createInput(body, { path: {}, querystring: query, header: headers }),
    context: { extendedRequestId: 'r-1=', requestId: 'x', requestTimeEpoch: 1_700_000_000_000 },
    stageVariables: { eventTopicArn: TOPIC },
  });
}

/** Fields and message attributes of a form, read as SNS reads them. */
function read(form: string): { fields: Record<string, string>; attributes: Record<string, string> } {
  const pairs = [...new URLSearchParams(form)];
  const fields = Object.fromEntries(pairs);
  expect(Object.keys(fields)).toHaveLength(pairs.length);
  const attributes: Record<string, string> = {};
  for (let entry = 1; `MessageAttributes.entry.${entry}.Name` in fields; entry += 1) {
    const prefix = `MessageAttributes.entry.${entry}`;
    expect(fields[`${prefix}.Value.DataType`]).toBe('String');
    expect(fields[`${prefix}.Value.StringValue`]).not.toBe('');
    attributes[fields[`${prefix}.Name`] as string] = fields[`${prefix}.Value.StringValue`] as string;
  }
  expect(pairs).toHaveLength(4 + 3 * Object.keys(attributes).length);
  return { fields, attributes };
}

const EVENT = { type: 'user.registered', data: { user: { user_id: 'auth0|1' } } };
const HEADERS = {
  'Webhook-Id': 'msg_1',
  'WEBHOOK-TIMESTAMP': '1700000000',
  'webhook-signature': 'v1,aaa= v1,bbb=',
};

describe('POST /events', () => {
  test('publishes the body to our topic, with what queues filter by and workers verify', () => {
    const body = JSON.stringify({ ...EVENT, data: { ...EVENT.data, system: 'crm' } });
    const { fields, attributes } = read(formOf('publish-event', { body, headers: HEADERS }));
    expect(fields).toMatchObject({
      Action: 'Publish',
      Version: '2010-03-31',
      TopicArn: TOPIC,
      Message: body,
    });
    expect(attributes).toEqual({
      accepted: '1700000000000 r-1= events',
      type: 'user.registered',
      system: 'crm',
      webhook: 'msg_1 1700000000 v1,aaa= v1,bbb=',
    });
  });

  test('leaves out what is empty, without a gap in the numbers', () => {
    const { attributes } = read(formOf('publish-event', { body: JSON.stringify(EVENT) }));
    expect(Object.keys(attributes)).toEqual(['accepted', 'type']);
  });

  test.each(NASTY)('takes %j through unharmed, in the body and in a header', (text) => {
    const body = JSON.stringify({ ...EVENT, data: { user: { user_id: text } } }, undefined, 1);
    const headers = { ...HEADERS, 'webhook-signature': text };
    const { fields, attributes } = read(formOf('publish-event', { body, headers }));
    expect(fields).toMatchObject({ TopicArn: TOPIC, Message: body });
    expect(attributes.webhook).toBe(`msg_1 1700000000 ${text}`);
  });
});

describe('GET /store', () => {
  test('publishes the message to our topic, whatever topic says', () => {
    const query = { topic: 'arn:aws:sns:us-east-1:999999999999:other', message: '{}', subject: 'Hello' };
    const { fields, attributes } = read(formOf('publish-store', { query, headers: HEADERS }));
    expect(fields).toMatchObject({ TopicArn: TOPIC, Message: '{}' });
    expect(fields).not.toHaveProperty('Subject');
    expect(attributes).toEqual({
      accepted: '1700000000000 r-1= store',
      type: 'user.registered',
      topic: query.topic,
      subject: 'Hello',
      webhook: 'msg_1 1700000000 v1,aaa= v1,bbb=',
    });
  });

  test('leaves out what is empty, and takes nothing from a header of the same name', () => {
    const query = { topic: '', message: 'm' };
    const headers = { topic: 'other', message: 'other', subject: 'other' };
    const { fields, attributes } = read(formOf('publish-store', { query, headers }));
    expect(fields.Message).toBe('m');
    expect(Object.keys(attributes)).toEqual(['accepted', 'type']);
  });

  test.each(NASTY)('takes %j through unharmed, as message, topic and subject', (text) => {
    const query = { topic: text, message: text, subject: text };
    const { fields, attributes } = read(formOf('publish-store', { query, headers: HEADERS }));
    expect(fields).toMatchObject({ Action: 'Publish', TopicArn: TOPIC, Message: text });
    expect(attributes).toMatchObject({ topic: text, subject: text });
  });

  test('writes at most six attributes', () => {
    const query = { topic: 't', message: 'm', subject: 's' };
    const { attributes } = read(formOf('publish-store', { query, headers: HEADERS }));
    expect(Object.keys(attributes).length).toBeLessThanOrEqual(6);
  });
});

describe('what SNS refuses', () => {
  function answerTo(code: string, message: string) {
    const responseOverride: { status?: number; header: Record<string, string> } = { header: {} };
    const body = JSON.stringify({ Error: { Code: code, Message: message, Type: 'Sender' } });
    const text = createMappingTemplate(vtl('refused'), REQUEST_PATHS).render({
      input: createInput(body, { path: {}, querystring: {}, header: {} }),
      context: { extendedRequestId: 'r-1=', requestId: 'x', responseOverride },
      stageVariables: {},
    });
    return { status: responseOverride.status ?? 502, ...responseOverride.header, ...JSON.parse(text) };
  }

  test.each([
    ['InvalidParameter', 'Invalid parameter: Message too long', 413, 'too-large'],
    ['InvalidParameter', 'Invalid parameter: Empty message', 400, 'missing-parameter'],
    ['Throttled', 'Rate exceeded', 503, 'unavailable'],
    ['ThrottlingException', 'Rate exceeded', 503, 'unavailable'],
    ['KMSThrottling', 'The request was denied due to request throttling.', 503, 'unavailable'],
    ['KMSAccessDenied', 'The ciphertext refers to a key that does not exist', 502, 'upstream-failed'],
    ['AuthorizationError', 'User: x is not authorized to perform: SNS:Publish', 502, 'upstream-failed'],
    ['NotFound', 'Topic does not exist', 502, 'upstream-failed'],
    ['', '', 502, 'upstream-failed'],
  ])('%s: %s is answered with %i %s', (snsCode, message, status, code) => {
    expect(answerTo(snsCode, message)).toMatchObject({ status, code, requestId: 'r-1=' });
  });

  test('a throttled caller is told when to come back, and nobody is told what SNS said', () => {
    expect(answerTo('Throttled', 'Rate exceeded')['Retry-After']).toBe('5');
    expect(JSON.stringify(answerTo('AuthorizationError', 'User: secret-role'))).not.toContain('secret-role');
  });
});

describe('the language', () => {
  test.each(['publish-event', 'publish-store', 'accepted', 'refused', 'unavailable'])(
    '%s.vtl hands on the request id that no caller can set',
    (name) => {
      expect(vtl(name)).toContain('$context.extendedRequestId');
      expect(vtl(name)).not.toContain('$context.requestId');
    },
  );

  const ALLOWED = [
    /\$!?input\.(body|path\('\$[.\w]*'\)|params\(\)\.(header|querystring)\.(keySet\(\)|get\(\$\w+\)))/g,
    /\$context\.(extendedRequestId|requestTimeEpoch|responseOverride\.(status|header\.[\w-]+))/g,
    /\$stageVariables\.\w+/g,
    /\$util\.urlEncode/g,
    /#(set|foreach|if)\(|#(else|end)##/g,
    /\$\w+\.(toLowerCase|indexOf)\(/g,
    /\$\{?[a-z]\w*\}?/gi,
  ];

  test.each(['read-webhook-headers', 'publish-event', 'publish-store', 'accepted', 'refused', 'unavailable'])(
    '%s.vtl uses nothing that API Gateway and the local run read differently',
    (name) => {
      const left = ALLOWED.reduce((text, pattern) => text.replace(pattern, ''), vtl(name)).replace(
        /##$/gm,
        '',
      );
      expect(left).not.toMatch(/[$#]/);
      expect(left).not.toMatch(/!=|&&|\|\||<|>/);
    },
  );

  test.each(['publish-event', 'publish-store'])(
    '%s.vtl encodes every value it puts into the form',
    (name) => {
      const values = [...vtl(name).matchAll(/^&[^=]+=(.+)##$/gm)].map(([, value = '']) => value);
      expect(values.length).toBeGreaterThan(8);
      for (const value of values) expect(value).toMatch(/^(\$util\.urlEncode\(.+\)|[\w.-]+)$/);
    },
  );

  test.each(['read-webhook-headers', 'publish-event', 'publish-store'])(
    '%s.vtl ends every line so that no line break gets into the form',
    (name) => {
      for (const line of vtl(name).trimEnd().split('\n')) expect(line).toMatch(/^\S.*##$/);
    },
  );
});
