import type { PublishCommand } from '@aws-sdk/client-sns';
import { parseKeys, verifyWithKeyRing } from '../../../events/key-ring';
import { parseAccepted, parseWebhook } from '../../../events/message-attributes';
import { parseEvent } from '../../../events/parse-event';
import { createOwnEvents } from '../../../lambdas/runtime/own-events';
import { createReminder } from '../../../lambdas/sweeper/reminder';
import { NOW } from '../../helpers/events';

const OLD = 'b2xkLWtleS1vZi0yNC1ieXRlcy1hdC1sZWFzdCEh';
const KEY = 'c2lnbmluZy1zZWNyZXQtb2YtMjQtYnl0ZXMhISEh';
const LINK = { userRef: 'ref-1', system: 'crm', user_id: 'auth0|zoë', remindAt: NOW };

async function published(keys: string) {
  const sent: PublishCommand['input'][] = [];
  const sns = { send: async ({ input }: PublishCommand) => void sent.push(input) };
  const now = () => NOW + 999;
  const publish = createOwnEvents({
    ...{ sns: sns as never, topicArn: 'arn:topic', keys: async () => keys, now },
  });
  const remind = createReminder({ publish, newId: () => 'due-1', now });
  await remind(LINK);
  const [input = {} as PublishCommand['input']] = sent;
  const attribute = (name: string) => input.MessageAttributes?.[name]?.StringValue;
  return { sent, input, attribute, body: input.Message ?? '' };
}

test('publishes to our topic one event for the one system, of the user and nothing else of them', async () => {
  const { sent, input, attribute, body } = await published(KEY);
  expect(sent).toHaveLength(1);
  expect(input.TopicArn).toBe('arn:topic');
  const parsed = await parseEvent(body);
  expect(parsed).toMatchObject({ ok: true, event: { id: 'due-1', type: 'link.due' } });
  expect(JSON.parse(body).data).toEqual({ user: { user_id: 'auth0|zoë' }, system: 'crm' });
  expect([attribute('type'), attribute('system')]).toEqual(['link.due', 'crm']);
});

test('is marked as accepted by ourselves, in the form that workers read', async () => {
  const { attribute } = await published(KEY);
  expect(parseAccepted(attribute('accepted'))).toEqual({
    at: NOW + 999,
    requestId: 'due-1',
    route: 'internal',
  });
});

test.each([
  ['the key as it was generated', KEY],
  ['the newest key of a ring', JSON.stringify({ keys: [{ secret: OLD }, { secret: KEY, createdAt: NOW }] })],
])('carries a signature by %s, which workers believe', async (_, secret) => {
  const { attribute, body } = await published(secret);
  const webhook = parseWebhook(attribute('webhook'));
  expect(webhook).toMatchObject({ id: 'due-1', timestampSeconds: NOW / 1000 });
  const message = { id: '', timestampSeconds: 0, signatures: '', ...webhook, body, acceptedAt: NOW + 999 };
  expect(await verifyWithKeyRing({ punctual: parseKeys(KEY) }, message)).toEqual({
    ok: true,
    issuer: 'punctual',
  });
  expect(await verifyWithKeyRing({ punctual: parseKeys(OLD) }, message)).toMatchObject({ ok: false });
});

test.each([
  ['no key is valid', JSON.stringify({ keys: [{ secret: KEY, notAfter: NOW - 1 }] })],
  ['the secret holds no key', 'nothing'],
])('fails, and publishes nothing, when %s', async (_, secret) => {
  await expect(published(secret)).rejects.toThrow();
});
