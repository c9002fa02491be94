import { createServer } from 'node:http';
import { closeServer, listen } from '../listen';
import { HandoverStore } from './handover-store';
import { RemoteFaults } from './remote-faults';
import type { RemoteSystem } from './remote-system';
import type { createSignOff } from './sign-off';
import { createWebhookApp, type WebhookAppOptions } from './webhook-app';

export interface WebhookReceiverOptions extends Pick<WebhookAppOptions, 'path' | 'secrets' | 'now' | 'kill'> {
  readonly name: string;
  /** Says which account was made; absent where nobody wants to know. */
  readonly signOff?: ReturnType<typeof createSignOff>;
}

/** Starts a system that takes webhooks. */
export async function startWebhookReceiver(
  options: WebhookReceiverOptions,
  firstPort: number,
): Promise<RemoteSystem> {
  const { name, path } = options;
  const store = new HandoverStore();
  const faults = new RemoteFaults(options.now);
  const calls: Record<string, number> = {};
  let faulted = 0;
  let signsOff = true;
  const app = createWebhookApp({
    ...{ ...options, store, faults },
    onCall: (operation) => {
      calls[operation] = (calls[operation] ?? 0) + 1;
    },
    onFault: () => {
      faulted += 1;
    },
    onTold: (told) => {
      const account = told.data.wanted === 'disabled' ? undefined : store.accountOf(told);
      // Also of what it was told before: the first word may have been lost.
      if (account !== undefined && signsOff) void options.signOff?.(told, account).catch(() => undefined);
    },
  });
  const server = createServer(app);
  const what = `the remote system ${name}`;
  const port = await listen(server, firstPort, what);
  let isUp = true;
  return {
    ...{ name, url: `http://127.0.0.1:${port}${path}` },
    get isUp() {
      return isUp;
    },
    async up() {
      if (!isUp) await listen(server, port, what);
      isUp = true;
    },
    async down() {
      if (isUp) await closeServer(server);
      isUp = false;
    },
    signOff: (isOn) => {
      signsOff = isOn;
    },
    addFault: async (fault) => faults.add(fault, ''),
    clearFaults: async () => faults.clear(),
    // It looks its secret up whenever it checks a signature.
    setToken: async () => undefined,
    count: async () => ({ ...store.count(), calls, faulted }),
    stop: async () => void (isUp && (await closeServer(server))),
  };
}
