import { ReceiveTimes } from '../../../../local/aws/sqs/receive-times';

const HOUR_MS = 3_600_000;
const received = () => {
  const times = new ReceiveTimes();
  times.remember([{ ReceiptHandle: 'r' }], 0);
  return times;
};
const change = (ReceiptHandle: string, VisibilityTimeout: number) => ({ ReceiptHandle, VisibilityTimeout });

test.each([
  ['11 hours an hour after the receive', change('r', 11 * 3600), HOUR_MS],
  ['none at all, however late', change('r', 0), 12 * HOUR_MS],
  ['a handle that nobody received, which is for the queue to refuse', change('other', 43_200), HOUR_MS],
])('takes %s', (_, input, now) => {
  expect(() => received().check('ChangeMessageVisibility', input, now)).not.toThrow();
});

test('rejects what would end more than 12 hours after the receive, alone and in a batch', () => {
  const late = change('r', 11 * 3600 + 1);
  const words = /Total VisibilityTimeout for the message is beyond the limit/;
  expect(() => received().check('ChangeMessageVisibility', late, HOUR_MS)).toThrow(words);
  expect(() => received().check('ChangeMessageVisibilityBatch', { Entries: [late] }, HOUR_MS)).toThrow(words);
});

test('a second receive counts from its own time', () => {
  const times = received();
  times.remember([{ ReceiptHandle: 'again' }], HOUR_MS);
  expect(() => times.check('ChangeMessageVisibility', change('again', 43_200), HOUR_MS)).not.toThrow();
});
