import { createHmac } from 'node:crypto';
import type { HandoverOrder } from '../../../../lambdas/connectors/hand-over/handover';
import { createWebhookHandover } from '../../../../lambdas/connectors/webhook/webhook-handover';
import { HttpError, type HttpRequest } from '../../../../lambdas/runtime/http';
import { anAccountRequest, sameNames } from '../../../helpers/account-request';
import { anAnswer } from '../../../helpers/an-answer';
import { NOW } from '../../../helpers/events';

const OLD = Buffer.from('the-old-key-of-the-receiver-0123').toString('base64');
const NEW = Buffer.from('the-new-key-of-the-receiver-0123').toString('base64');
const LATER = Buffer.from('a-key-that-is-laid-in-for-later-').toString('base64');
const URL = 'https://hooks.example.com/accounts';

const ORDER: HandoverOrder = {
  id: 'msg_1',
  wanted: 'present',
  request: anAccountRequest(
    { email: 'zoë@example.com', given_name: null, shoe_size: 38, locale: 'nl' },
    {
      rules: [
        ...sameNames('email', 'given_name', 'username'),
        { to: 'locale', from: ['locale'], write: 'onCreate' },
      ],
    },
  ),
  generation: '2026-11-20T09:59:59.000Z',
  version: NOW,
  sequence: 3,
  since: NOW,
};

function aWebhook(keys: () => Promise<string> = async () => OLD) {
  const requests: HttpRequest[] = [];
  const answer = { current: () => anAnswer(204) };
  const handover = createWebhookHandover({
    url: URL,
    parties: { source: 'urn:punctual:acme.eu.auth0.com:dev', system: 'mailing' },
    keys,
    http: async (request) => {
      requests.push(request);
      return answer.current();
    },
    timeoutMs: 5_000,
    now: () => NOW,
  });
  return { handover, requests, answer };
}

/** What the specification of Standard Webhooks says, without a line of ours. */
function signaturesOver({ headers, body }: HttpRequest, ...secrets: string[]): string {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const sign = (secret: string) => {
    const mac = createHmac('sha256', Buffer.from(secret, 'base64')).update(signed).digest('base64');
    return `v1,${mac}`;
  };
  return secrets.map(sign).join(' ');
}

test('tells by a POST what is wanted, with the attributes of the configuration and no others', async () => {
  const { handover, requests } = aWebhook();
  await handover.deliver(ORDER);
  const [{ method, url, headers, body = '', timeoutMs } = {} as HttpRequest] = requests;
  expect([method, url, timeoutMs]).toEqual(['POST', URL, 5_000]);
  expect(headers['content-type']).toBe('application/cloudevents+json');
  expect(JSON.parse(body)).toEqual({
    specversion: '1.0',
    id: 'msg_1',
    source: 'urn:punctual:acme.eu.auth0.com:dev',
    type: 'account.wanted',
    time: new Date(NOW).toISOString(),
    datacontenttype: 'application/json',
    data: {
      system: 'mailing',
      wanted: 'present',
      user: { user_id: 'auth0|1', created_at: '2026-11-20T09:59:59.000Z' },
      externalId: 'acme/dev/auth0|1',
      attributes: { email: 'zoë@example.com', given_name: null },
      initial: { locale: 'nl' },
      version: NOW,
      sequence: 3,
    },
  });
});

test.each([
  ['enabled', 'account.wanted-enabled', true],
  ['disabled', 'account.wanted-disabled', false],
  ['absent', 'account.unwanted', false],
  ['erased', 'account.wanted-erased', false],
] as const)('tells of an account that is to be %s as %s', async (wanted, type, hasAttributes) => {
  const { handover, requests } = aWebhook();
  await handover.deliver({ ...ORDER, wanted, accountId: 'acc-1' });
  const told = JSON.parse(requests[0]?.body ?? '');
  expect(told).toMatchObject({ type, data: { wanted, accountId: 'acc-1' } });
  expect('attributes' in told.data).toBe(hasAttributes);
});

test('signs as Standard Webhooks says', async () => {
  const { handover, requests } = aWebhook(async () => `whsec_${OLD}`);
  await handover.deliver(ORDER);
  const [request = {} as HttpRequest] = requests;
  expect(request.headers['webhook-id']).toBe('msg_1');
  expect(request.headers['webhook-timestamp']).toBe(`${Math.floor(NOW / 1000)}`);
  expect(request.headers['webhook-signature']).toBe(signaturesOver(request, OLD));
});

test('signs with both keys while one is rotated, and with none that has ended or not begun', async () => {
  const rings = [
    [{ secret: OLD }, { secret: NEW, createdAt: NOW - 1 }, { secret: LATER, notBefore: NOW + 1 }],
    [
      { secret: OLD, notAfter: NOW - 1 },
      { secret: NEW, createdAt: NOW - 1 },
    ],
  ];
  const { handover, requests } = aWebhook(async () => JSON.stringify({ keys: rings.shift() }));
  await handover.deliver(ORDER);
  await handover.deliver(ORDER);
  const signatures = requests.map(({ headers }) => headers['webhook-signature']);
  const [first, second] = requests as [HttpRequest, HttpRequest];
  expect(signatures).toEqual([signaturesOver(first, NEW, OLD), signaturesOver(second, NEW)]);
});

test.each([
  ['cannot be read', async () => Promise.reject(new Error('throttled'))],
  ['holds no key', async () => 'a password'],
  ['holds no key that is valid', async () => JSON.stringify({ keys: [{ secret: OLD, notAfter: 1 }] })],
])('sends nothing when the secret %s', async (_, keys) => {
  const { handover, requests } = aWebhook(keys);
  await expect(handover.deliver(ORDER)).rejects.toMatchObject({ code: 'secret-unavailable' });
  expect(requests).toEqual([]);
});

test.each([
  [400, 'remote-rejected', undefined],
  [422, 'remote-rejected', undefined],
  [401, 'remote-unauthorized', undefined],
  [403, 'remote-unauthorized', undefined],
  [404, 'remote-misconfigured', undefined],
  [410, 'remote-misconfigured', undefined],
  [307, 'remote-misconfigured', undefined],
  [429, 'remote-throttled', 7_000],
  [500, 'remote-unavailable', 7_000],
  [503, 'remote-unavailable', 7_000],
])('an answer of %i fails with %s', async (status, code, retryAfterMs) => {
  const { handover, answer } = aWebhook();
  answer.current = () => anAnswer(status, '', { 'retry-after': '7' });
  const failure = await handover.deliver(ORDER).catch((error) => error);
  expect([failure.code, failure.retryAfterMs]).toEqual([code, retryAfterMs]);
});

test.each([
  ['timeout', 'remote-timeout'],
  ['unreachable', 'remote-unavailable'],
  ['too-large', 'remote-invalid-answer'],
  ['refused', 'target-refused'],
] as const)('no answer for being %s fails with %s', async (reason, code) => {
  const { handover, answer } = aWebhook();
  answer.current = () => {
    throw new HttpError(reason);
  };
  await expect(handover.deliver(ORDER)).rejects.toMatchObject({ code });
});
