import { createWebhookHandover } from '../../../lambdas/connectors/webhook/webhook-handover';
import { callHttp } from '../../../lambdas/runtime/http';
import { addNamedFault, type Faulty } from '../../../local/faults/add-fault';
import type { HandedAccount } from '../../../local/remotes/handover-store';
import { startWebhookReceiver } from '../../../local/remotes/webhook-receiver';
import { sameNames } from '../../helpers/account-request';
import type { HandoverKind, HandoverSubject } from './handover-subject';
import { Patience } from './subject';

const KEY = Buffer.from('a-key-of-the-receiver-0123456789').toString('base64');

async function start(): Promise<HandoverSubject> {
  const receiver = await startWebhookReceiver(
    { name: 'system', path: '/accounts', secrets: async () => [KEY], now: Date.now, kill: () => undefined },
    0,
  );
  const patience = new Patience();
  const functions = { list: () => [{ system: { name: 'system', kind: 'webhook' }, environment: {} }] };
  const remotes = { get: () => receiver, addFault: receiver.addFault };
  const faulty = { run: { functions }, remotes } as unknown as Faulty;
  const shown = async () =>
    (await (await fetch(receiver.url)).json()) as { accounts: HandedAccount[]; messages: { id: string }[] };
  return {
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
    rules: sameNames('email', 'username'),
    async fail(fault) {
      patience.lose(fault);
      await addNamedFault(faulty, { ...fault, system: 'system' });
    },
    async heal() {
      patience.regain();
      await receiver.clearFaults();
    },
    told: async () => (await shown()).messages.map(({ id }) => id),
    accounts: async (externalId) =>
      (await shown()).accounts.filter((account) => account.externalId === externalId),
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
