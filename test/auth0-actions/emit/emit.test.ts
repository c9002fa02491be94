import { emit } from '../../../auth0-actions/emit/emit';
import type { Fetch } from '../../../auth0-actions/emit/post-event';
import { buildEvent } from '../../../events/build-event';
import { verifySignature } from '../../../events/signature';
import { SIGNING_SECRET } from '../helpers/an-auth0-event';

const NOW = Date.parse('2026-11-20T09:00:01.999Z');
const EVENT = buildEvent({
  id: 'reg_1',
  source: 'urn:auth0:acme',
  type: 'user.registered',
  at: NOW,
  user: { user_id: 'auth0|1', name: "Siobhán O'Brien 🦔 %26&TopicArn=" },
});
const TO = { url: 'https://api.example.com/v1/events', apiKey: 'key-1', signingSecret: SIGNING_SECRET };

test('what is signed is the body as it is sent, at the second it is sent', async () => {
  const fetch = jest.fn<Promise<Response>, Parameters<Fetch>>(
    async () => new Response(null, { status: 202 }),
  );
  const emission = await emit(EVENT, TO, { fetch, now: () => NOW });
  expect(emission).toEqual({ eventId: 'reg_1', code: 'emitted', status: 202, attempts: 1 });
  const [, init] = fetch.mock.calls[0] ?? [];
  const { headers, body } = init as { headers: Record<string, string>; body: string };
  expect(JSON.parse(body)).toEqual(EVENT);
  expect(headers['webhook-timestamp']).toBe('1795165201');
  const content = { id: 'reg_1', timestampSeconds: 1_795_165_201, body };
  expect(await verifySignature(SIGNING_SECRET, content, headers['webhook-signature'] ?? '')).toBe(true);
});

test('fails without fetch', async () => {
  await expect(emit(EVENT, TO, { fetch: undefined, now: () => NOW })).rejects.toThrow('no-fetch');
});
