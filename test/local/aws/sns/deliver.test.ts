import { AwsError } from '../../../../local/aws/aws-error';
import { deliver } from '../../../../local/aws/sns/deliver';
import { notificationFor } from '../../../../local/aws/sns/notification';
import type { Publication } from '../../../../local/aws/sns/publish-input';
import { readSubscription } from '../../../../local/aws/sns/subscription';
import { createClock } from '../../../../local/clock';

const ENDPOINT = 'arn:aws:sqs:us-east-1:000000000000:crm';
const DLQ = 'arn:aws:sqs:us-east-1:000000000000:dlq';
const base = { arn: 'arn:sub', topicArn: 'arn:topic', protocol: 'sqs', endpoint: ENDPOINT };
const withDlq = readSubscription(base, { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: DLQ }) });
const message = {
  MessageBody: 'hello',
  MessageAttributes: { type: { DataType: 'String', StringValue: 'x' } },
};

/** A door whose answers to the queue `crm` are given, one after the other; the DLQ always takes. */
function aDoor(...answers: ('ok' | number)[]) {
  const sent: string[] = [];
  const call = async ({ input }: { input: Record<string, unknown> }) => {
    const queue = String(input.QueueUrl).split('/').at(-1) ?? '';
    sent.push(queue);
    const answer = queue === 'dlq' ? 'ok' : (answers.shift() ?? 'ok');
    if (answer !== 'ok') throw new AwsError('Failed', 'no', answer);
    if (queue === 'dlq') expect(input).toMatchObject(message);
    return {};
  };
  return { sent, door: { url: 'http://door', call: call as never } };
}

const clock = createClock(1_000_000);
const signal = new AbortController().signal;
let lost: string[];
let counted: string[];
const count = (metric: string) => void counted.push(metric);
const onLost = (words: string) => void lost.push(words);
beforeEach(() => {
  lost = [];
  counted = [];
});

test.each([
  ['a queue that takes it gets it once', ['ok'], ['crm']],
  ['errors of the server are repeated', [500, 503, 'ok'], ['crm', 'crm', 'crm']],
  ['an error of the client is final', [400], ['crm', 'dlq']],
  ['a client error after a server error is final, too', [500, 403], ['crm', 'crm', 'dlq']],
])('%s', async (_, answers, expected) => {
  const { door, sent } = aDoor(...(answers as ('ok' | number)[]));
  await deliver({ door, clock, signal, onLost, count }, withDlq, message);
  expect(sent).toEqual(expected);
});

test.each([
  ['what is taken is delivered', ['ok'], withDlq, ['NumberOfNotificationsDelivered']],
  [
    'what the DLQ takes has failed, and was redriven',
    [400],
    withDlq,
    ['NumberOfNotificationsFailed', 'NumberOfNotificationsRedrivenToDlq'],
  ],
  ['what is gone has failed', [400], readSubscription(base, {}), ['NumberOfNotificationsFailed']],
])('%s, by the counts of CloudWatch', async (_, answers, subscription, expected) => {
  const { door } = aDoor(...(answers as ('ok' | number)[]));
  await deliver({ door, clock, signal, onLost, count }, subscription, message);
  expect(counted).toEqual(expected);
});

test('what is never taken ends in the DLQ', async () => {
  const { door, sent } = aDoor(...Array.from({ length: 100 }, () => 500));
  await deliver({ door, clock, signal, onLost, count }, withDlq, message);
  expect(sent).toHaveLength(14);
  expect(lost).toEqual([]);
  expect(sent.at(-1)).toBe('dlq');
});

test('without a DLQ it is gone, which is said without the message', async () => {
  const { door, sent } = aDoor(404);
  await deliver({ door, clock, signal, onLost, count }, readSubscription(base, {}), message);
  expect(sent).toEqual(['crm']);
  expect(lost).toEqual([`A message is lost: ${ENDPOINT} did not take it and there is no DLQ.`]);
});

test('a DLQ that takes nothing either is named as well', async () => {
  const { door } = aDoor();
  const call = () => Promise.reject(new AwsError('NonExistentQueue', 'no', 400));
  await deliver({ door: { ...door, call }, clock, signal, onLost, count }, withDlq, message);
  expect(lost).toEqual([`A message is lost: ${ENDPOINT} did not take it and neither did ${DLQ}.`]);
  expect(counted).toEqual(['NumberOfNotificationsFailed', 'NumberOfNotificationsFailedToRedriveToDlq']);
});

test('a run that ends does not call a message lost', async () => {
  const { door } = aDoor(500);
  const ending = { door, clock, signal: AbortSignal.abort(), onLost, count };
  await deliver(ending, readSubscription(base, {}), message);
  expect([lost, counted]).toEqual([[], []]);
});

const publication: Publication = {
  topicArn: 'arn:topic',
  message: 'hello',
  mail: 'hello',
  subject: 's',
  attributes: message.MessageAttributes,
};

test('raw delivery hands over the message and its attributes', () => {
  const raw = readSubscription(base, { RawMessageDelivery: 'true' });
  expect(notificationFor(raw, publication, 'id', 'now')).toEqual(message);
});

test('raw delivery discards a message with more than 10 attributes', () => {
  const raw = readSubscription(base, { RawMessageDelivery: 'true' });
  const attributes = Object.fromEntries(
    Array.from({ length: 11 }, (_, i) => [`a${i}`, { DataType: 'String', StringValue: 'x' }]),
  );
  expect(notificationFor(raw, { ...publication, attributes }, 'id', 'now')).toBeUndefined();
});

test('other delivery puts everything in an envelope', () => {
  const notification = notificationFor(readSubscription(base, {}), publication, 'id', 'now');
  expect(notification?.MessageAttributes).toEqual({});
  expect(JSON.parse(notification?.MessageBody ?? '')).toMatchObject({
    ...{
      Type: 'Notification',
      MessageId: 'id',
      TopicArn: 'arn:topic',
      Subject: 's',
      Message: 'hello',
      Timestamp: 'now',
    },
    MessageAttributes: { type: { Type: 'String', Value: 'x' } },
  });
});

test.each([
  ['an invalid filter policy', { FilterPolicy: '{"type":"x"}' }, /FilterPolicy: type takes a list/],
  ['an unknown scope', { FilterPolicyScope: 'Everything' }, /FilterPolicyScope/],
  ['a redrive policy without target', { RedrivePolicy: '{}' }, /RedrivePolicy/],
  ['an unknown attribute', { DeliveryPolicy: '{}' }, /does not know DeliveryPolicy/],
  ['raw delivery that is no flag', { RawMessageDelivery: 'yes' }, /RawMessageDelivery/],
])('rejects a subscription with %s', (_, attributes, words) => {
  expect(() => readSubscription(base, attributes)).toThrow(words);
});
