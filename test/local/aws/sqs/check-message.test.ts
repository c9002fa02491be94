import { checkMessages } from '../../../../local/aws/sqs/check-message';

const attributes = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`a${i}`, { DataType: 'String', StringValue: 'x' }]),
  );

test('ten attributes are allowed', () => {
  expect(() =>
    checkMessages('SendMessage', { MessageBody: 'a', MessageAttributes: attributes(10) }),
  ).not.toThrow();
});

test.each([
  ['eleven attributes', { MessageAttributes: attributes(11) }, /\[11\] exceeds the allowed maximum \[10\]/],
  [
    'an empty attribute',
    { MessageAttributes: { a: { DataType: 'String', StringValue: '' } } },
    /'a' must contain a non-empty/,
  ],
  [
    'an attribute without type',
    { MessageAttributes: { a: { StringValue: 'x' } } },
    /type of .*'a' is invalid/,
  ],
  ['a message group', { MessageGroupId: 'g' }, /does not know MessageGroupId/],
])('rejects %s, alone and in a batch', (_, message, words) => {
  expect(() => checkMessages('SendMessage', { MessageBody: 'a', ...message })).toThrow(words);
  expect(() =>
    checkMessages('SendMessageBatch', { Entries: [{ Id: '1', MessageBody: 'a', ...message }] }),
  ).toThrow(words);
});
