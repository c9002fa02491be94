import { createWebhookHandover } from '../../../lambdas/connectors/webhook/webhook-handover';
import { callHttp } from '../../../lambdas/runtime/http';
import { startWebhookReceiver } from '../../../local/remotes/webhook-receiver';
import type { HandoverKind, HandoverSubject } from './handover-subject';
import { Patience } from './subject';
import { toldSubject } from './told-subject';

const KEY = Buffer.from('a-key-of-the-receiver-0123456789').toString('base64');

async function start(): Promise<HandoverSubject> {
  const receiver = await startWebhookReceiver(
    { name: 'system', path: '/accounts', secrets: async () => [KEY], now: Date.now, kill: () => undefined },
    0,
  );
  const patience = new Patience();
  return {
    ...toldSubject(receiver, 'webhook', patience),
    handover: createWebhookHandover({
      url: receiver.url,
      parties: { source: 'urn:punctual:acme.eu.auth0.com:dev', system: 'system' },
      keys: async () => KEY,
      http: callHttp,
      get timeoutMs() {
        return patience.ms;
      },
      now: Date.now,
    }),
    stop: receiver.stop,
  };
}

const unavailable = { code: 'remote-unavailable' };
const silent = { code: 'remote-timeout' };

export const webhookKind: HandoverKind = {
  start,
  contract: {
    conflict: { code: 'remote-misconfigured' },
    throttled: { code: 'remote-throttled', retryAfterMs: 30_000 },
    'throttled-until': { code: 'remote-throttled', retryAfterMs: expect.closeTo(30_000, -4) },
    ...{ 'server-error': unavailable, unavailable, 'error-after': unavailable },
    unauthorized: { code: 'remote-unauthorized' },
    ...{ reset: unavailable, 'reset-after': unavailable },
    ...{ timeout: silent, 'timeout-after': silent },
    // What a receiver says besides its status is nobody's business.
    ...{ 'malformed-json': undefined, 'wrong-schema': undefined },
  },
};
