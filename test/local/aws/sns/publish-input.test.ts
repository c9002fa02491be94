import { readPublication } from '../../../../local/aws/sns/publish-input';

const TOPIC = { TopicArn: 'arn:aws:sns:us-east-1:000000000000:events' };

function attribute(number: number, name: string, value: string, type = 'String', field = 'StringValue') {
  const prefix = `MessageAttributes.entry.${number}`;
  return {
    [`${prefix}.Name`]: name,
    [`${prefix}.Value.DataType`]: type,
    [`${prefix}.Value.${field}`]: value,
  };
}

test('a message with attributes of every type is read', () => {
  const publication = readPublication({
    ...{ ...TOPIC, Message: 'hello', Subject: 'greeting', Action: 'Publish', Version: '2010-03-31' },
    ...attribute(1, 'type', 'user.registered'),
    ...attribute(2, 'price', '1.5', 'Number'),
    ...attribute(3, 'raw', 'AA==', 'Binary', 'BinaryValue'),
  });
  expect(publication).toEqual({
    topicArn: TOPIC.TopicArn,
    message: 'hello',
    mail: 'hello',
    subject: 'greeting',
    attributes: {
      type: { DataType: 'String', StringValue: 'user.registered' },
      price: { DataType: 'Number', StringValue: '1.5' },
      raw: { DataType: 'Binary', BinaryValue: 'AA==' },
    },
  });
});

test('exactly 262144 bytes are allowed, attributes included', () => {
  const size = 262_144 - 'a'.length - 'String'.length - 'b'.length;
  const input = { ...TOPIC, ...attribute(1, 'a', 'b'), Message: 'x'.repeat(size) };
  expect(readPublication(input).message).toHaveLength(size);
  expect(() => readPublication({ ...input, Message: `${input.Message}x` })).toThrow(
    'Invalid parameter: Message too long',
  );
});

test('a message may be another for mailboxes', () => {
  const Message = JSON.stringify({ default: '{"AlarmName":"a"}', email: 'Alarm a went off.' });
  expect(readPublication({ ...TOPIC, Message, MessageStructure: 'json' })).toMatchObject({
    message: '{"AlarmName":"a"}',
    mail: 'Alarm a went off.',
  });
});

test.each([
  ['no topic', { Message: 'a' }, /^Invalid parameter: TopicArn or TargetArn/],
  ['no message', TOPIC, /Empty message/],
  ['an empty message', { ...TOPIC, Message: '' }, /Empty message/],
  ['a long message in bytes', { ...TOPIC, Message: 'ü'.repeat(131_073) }, /Message too long/],
  ['a subject with a line break', { ...TOPIC, Message: 'a', Subject: 'a\nb' }, /Subject/],
  ['messages without a default', { ...TOPIC, Message: '{}', MessageStructure: 'json' }, /No default entry/],
  ['messages that are no JSON', { ...TOPIC, Message: '{', MessageStructure: 'json' }, /failed to parse/],
  ['an unknown structure', { ...TOPIC, Message: '{}', MessageStructure: 'xml' }, /MessageStructure/],
  ['an unknown parameter', { ...TOPIC, Message: 'a', PhoneNumber: '1' }, /PhoneNumber/],
  [
    'an empty attribute',
    { ...TOPIC, Message: 'a', ...attribute(1, 'system', '') },
    /'system' must contain non-empty/,
  ],
  [
    'a gap in the numbers',
    { ...TOPIC, Message: 'a', ...attribute(1, 'a', '1'), ...attribute(3, 'b', '1') },
    /attribute 2 is missing/,
  ],
  ['numbers from 0', { ...TOPIC, Message: 'a', ...attribute(0, 'a', '1') }, /attribute 1 is missing/],
  [
    'a name given twice',
    { ...TOPIC, Message: 'a', ...attribute(1, 'a', '1'), ...attribute(2, 'a', '2') },
    /given twice/,
  ],
  [
    'an unknown type',
    { ...TOPIC, Message: 'a', ...attribute(1, 'a', '1', 'Text') },
    /invalid message attribute type/,
  ],
  ['a number that is none', { ...TOPIC, Message: 'a', ...attribute(1, 'a', 'one', 'Number') }, /to number/],
  [
    'a name with spaces',
    { ...TOPIC, Message: 'a', ...attribute(1, 'a b', '1') },
    /Invalid message attribute name/,
  ],
  [
    'a misspelt attribute field',
    { ...TOPIC, Message: 'a', 'MessageAttributes.entry.1.Value': 'x' },
    /is not a message attribute/,
  ],
])('rejects %s', (_, parameters, words) => {
  expect(() => readPublication(parameters)).toThrow(
    expect.objectContaining({ status: 400, message: expect.stringMatching(words) }),
  );
});
