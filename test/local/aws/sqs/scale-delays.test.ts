import { scaleDelays, toVirtualTimes } from '../../../../local/aws/sqs/scale-delays';
import { createClock } from '../../../../local/clock';

const settings = { visibilityTimeout: 120, delay: 5 };
const fast = createClock(100, () => 1_000_000);
const real = createClock(1, () => 1_000_000);

test.each([
  ['a receive without its own visibility', 'ReceiveMessage', {}, { VisibilityTimeout: 1.2 }],
  ['a receive with it', 'ReceiveMessage', { VisibilityTimeout: 30 }, { VisibilityTimeout: 0.3 }],
  ['a change of visibility', 'ChangeMessageVisibility', { VisibilityTimeout: 0 }, { VisibilityTimeout: 0 }],
  [
    'changes in a batch',
    'ChangeMessageVisibilityBatch',
    { Entries: [{ Id: 'a', VisibilityTimeout: 43_200 }] },
    { Entries: [{ Id: 'a', VisibilityTimeout: 432 }] },
  ],
  ['a message', 'SendMessage', { DelaySeconds: 900 }, { DelaySeconds: 9 }],
  ['a message with the delay of its queue', 'SendMessage', {}, { DelaySeconds: 0.05 }],
  [
    'messages in a batch',
    'SendMessageBatch',
    { Entries: [{ Id: 'a' }] },
    { Entries: [{ Id: 'a', DelaySeconds: 0.05 }] },
  ],
  ['anything else', 'DeleteMessage', { ReceiptHandle: 'x' }, { ReceiptHandle: 'x' }],
])('a fast run shortens %s', (_, operation, input, expected) => {
  expect(scaleDelays(operation, input, settings, fast)).toEqual(expected);
});

test('a run in real time touches nothing', () => {
  expect(scaleDelays('ReceiveMessage', {}, settings, real)).toEqual({});
});

test('times of receipt are told in virtual time', () => {
  const messages = [{ Attributes: { SentTimestamp: '1000050', ApproximateReceiveCount: '1' } }, {}];
  toVirtualTimes(messages, fast);
  expect(messages).toEqual([{ Attributes: { SentTimestamp: '1005000', ApproximateReceiveCount: '1' } }, {}]);
});

test('rejects more than 12 hours, which scaling would hide', () => {
  const input = { VisibilityTimeout: 43_201 };
  expect(() => scaleDelays('ChangeMessageVisibility', input, settings, fast)).toThrow(
    /Must be between 0 and 43200/,
  );
});
