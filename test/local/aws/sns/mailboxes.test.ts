import { createSnsService } from '../../../../local/aws/sns/sns-service';
import { createClock } from '../../../../local/clock';
import { Outbox } from '../../../../local/mail/outbox';

const TopicArn = 'arn:aws:sns:us-east-1:000000000000:Alarms';
const XML: Record<string, string> = {
  CreateTopic: `<TopicArn>${TopicArn}</TopicArn>`,
  Subscribe: `<SubscriptionArn>${TopicArn}:1</SubscriptionArn>`,
};

/** A topic with one mailbox. */
async function aTopic() {
  const lines: string[] = [];
  const counted: string[] = [];
  const clock = createClock();
  const log = { write: (source: string, line: string) => void lines.push(`${source} ${line}`) };
  const outbox = new Outbox(clock, log);
  const sns = createSnsService({
    ...{ clock, log, outbox, door: { call: (async () => ({})) as never, url: 'http://door' } },
    fauxqs: { sns: async ({ Action = '' }) => XML[Action] ?? '' },
    measured: { notified: (topic, metric) => void counted.push(`${topic} ${metric}`) },
  });
  await sns.handle('CreateTopic', { Name: 'Alarms' });
  await sns.handle('Subscribe', { TopicArn, Protocol: 'email', Endpoint: 'on-call@example.com' });
  const publish = (input: object) => sns.handle('Publish', { TopicArn, ...input });
  return { publish, outbox, lines, counted };
}

test('a mailbox gets its own message, in the outbox and in a log, without its address', async () => {
  const { publish, outbox, lines } = await aTopic();
  const Message = JSON.stringify({ default: '{}', email: 'It went off.' });
  await publish({ Message, MessageStructure: 'json', Subject: 'ALARM' });
  const mail = { time: expect.any(String), topic: 'Alarms', subject: 'ALARM', text: 'It went off.' };
  expect(outbox.list()).toEqual([{ id: expect.any(String), ...mail }]);
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]?.replace(/^mails /, '') ?? '')).toEqual(mail);
  expect(lines.join()).not.toContain('on-call');
});

test('what is published and what a mailbox got is counted', async () => {
  const { publish, counted } = await aTopic();
  await publish({ Message: 'hello' });
  expect(counted).toEqual(['Alarms NumberOfMessagesPublished', 'Alarms NumberOfNotificationsDelivered']);
});

test('the outbox shows the latest mails first and keeps a thousand', async () => {
  const { publish, outbox } = await aTopic();
  for (let index = 1; index <= 1_020; index += 1) await publish({ Message: `mail ${index}` });
  expect(outbox.list()).toHaveLength(1_000);
  expect(outbox.list()[0]?.text).toBe('mail 1020');
});
