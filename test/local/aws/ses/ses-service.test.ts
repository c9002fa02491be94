import { SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { type LocalSes, SET, startLocalSes, TOPIC } from './helpers/local-ses';

let ses: LocalSes;
beforeEach(async () => {
  ses = await startLocalSes();
});
afterEach(() => ses.close());

function aMail(given: Partial<SendEmailCommandInput> = {}): SendEmailCommandInput {
  return {
    FromEmailAddress: '"Acme" <hello@acme.com>',
    Destination: { ToAddresses: ['ada@example.com'] },
    ReplyToAddresses: ['help@acme.com'],
    ConfigurationSetName: SET,
    EmailTags: [{ Name: 'invitation', Value: 'abc-_1' }],
    Content: {
      Simple: { Subject: { Data: 'Grüße' }, Body: { Text: { Data: 'text' }, Html: { Data: '<p>html' } } },
    },
    ...given,
  };
}

const send = (given?: Partial<SendEmailCommandInput>) => ses.client.send(new SendEmailCommand(aMail(given)));
const to = (address: string) => ({ Destination: { ToAddresses: [address] } });

test('a mail of the SDK ends in the outbox, and its log names nobody', async () => {
  const { MessageId } = await send();
  expect(ses.outbox.find(MessageId ?? '')).toEqual({
    ...{ id: MessageId, time: '1970-01-01T00:00:00.000Z', from: '"Acme" <hello@acme.com>' },
    ...{
      to: ['ada@example.com'],
      replyTo: ['help@acme.com'],
      subject: 'Grüße',
      text: 'text',
      html: '<p>html',
    },
    ...{ configurationSet: SET, tags: { invitation: 'abc-_1' } },
  });
  expect(ses.lines.join()).toContain('abc-_1');
  expect(ses.lines.join()).not.toMatch(/ada|Grüße|html/);
  expect(ses.published).toEqual([]);
});

test.each([
  ['bounce@simulator.amazonses.com', 'Bounce', 'General'],
  ['BOUNCE+ada@simulator.amazonses.com', 'Bounce', 'General'],
  ['suppressionlist@simulator.amazonses.com', 'Bounce', 'Suppressed'],
  ['complaint@simulator.amazonses.com', 'Complaint', undefined],
])('a mail to %s is taken, and the topic hears of it with the tags', async (address, eventType, subType) => {
  const { MessageId } = await send(to(address));
  const [call] = ses.published;
  expect(call).toMatchObject({
    service: 'sns',
    operation: 'Publish',
    caller: 'ses.amazonaws.com',
    input: { TopicArn: TOPIC },
  });
  expect(call?.sourceArn).toBe(`arn:aws:ses:us-east-1:000000000000:configuration-set/${SET}`);
  const event = JSON.parse(String(call?.input.Message));
  expect(event).toMatchObject({
    eventType,
    mail: { messageId: MessageId, tags: { invitation: ['abc-_1'], 'ses:configuration-set': [SET] } },
  });
  expect(event.bounce?.bounceSubType).toBe(subType);
});

test('nobody hears of a mail that names no configuration set, or that is delivered', async () => {
  await send({ ...to('bounce@simulator.amazonses.com'), ConfigurationSetName: undefined });
  await send(to('success@simulator.amazonses.com'));
  expect(ses.published).toEqual([]);
});

test.each([
  ['no sender', { FromEmailAddress: undefined }],
  ['no receiver', { Destination: { ToAddresses: [] } }],
  ['an address without a domain', to('ada')],
  ['two addresses in one', to('ada@example.com, eve@example.com')],
  ['a header in an address', to('ada@example.com\r\nBcc: eve@example.com')],
  ['an address that is not ASCII', to('ädä@example.com')],
  ['a name that is not ASCII and not encoded', { FromEmailAddress: 'Ärzte <hello@acme.com>' }],
  ['a tag that is none', { EmailTags: [{ Name: 'invitation', Value: 'a b' }] }],
])('rejects %s', async (_, given) => {
  await expect(send(given)).rejects.toMatchObject({ name: 'BadRequestException' });
  expect(ses.outbox.list()).toEqual([]);
});

test('rejects a subject of two lines', async () => {
  const Simple = { Subject: { Data: 'a\r\nBcc: eve@example.com' }, Body: { Text: { Data: 'text' } } };
  await expect(send({ Content: { Simple } })).rejects.toMatchObject({ name: 'BadRequestException' });
});

test('rejects a configuration set that is not there, and what it does not know', async () => {
  await expect(send({ ConfigurationSetName: 'other' })).rejects.toMatchObject({ name: 'NotFoundException' });
  const raw = { Content: { Raw: { Data: Buffer.from('x') } } };
  await expect(send(raw)).rejects.toMatchObject({ name: 'BadRequestException' });
});

test.each([
  ['before', 429, 'TooManyRequestsException', 0],
  ['before', 500, 'InternalFailure', 0],
  ['after', 500, 'InternalFailure', 1],
] as const)(
  'fails %s the mail went out with %i %s where a fault says so',
  async (when, status, code, sent) => {
    ses.door.faults.add({
      service: 'ses',
      operation: 'SendEmail',
      when,
      effect: 'error',
      status,
      code,
      times: 1,
    });
    await expect(send()).rejects.toMatchObject({ name: code, $metadata: { httpStatusCode: status } });
    expect(ses.outbox.list()).toHaveLength(sent);
  },
);

test('fails without an answer where a fault breaks the connection after the mail went out', async () => {
  ses.door.faults.add({ service: 'ses', when: 'after', effect: 'reset', times: 1 });
  await expect(send()).rejects.toMatchObject({
    $metadata: expect.not.objectContaining({ httpStatusCode: 500 }),
  });
  expect(ses.outbox.list()).toHaveLength(1);
});
