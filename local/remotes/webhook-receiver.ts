import { createServer } from 'node:http';
import { closeServer, listen } from '../listen';
import type { RemoteSystem } from './remote-system';
import { createToldSystem, type ToldSystemOptions } from './told-system';
import { createWebhookApp, type WebhookAppOptions } from './webhook-app';

export interface WebhookReceiverOptions
  extends Pick<WebhookAppOptions, 'path' | 'secrets' | 'kill'>,
    ToldSystemOptions {
  readonly name: string;
}

/** Starts a system that takes webhooks. */
export async function startWebhookReceiver(
  options: WebhookReceiverOptions,
  firstPort: number,
): Promise<RemoteSystem> {
  const { name, path } = options;
  const { switches, ...system } = createToldSystem(options);
  const server = createServer(createWebhookApp({ ...options, ...system }));
  const what = `the remote system ${name}`;
  const port = await listen(server, firstPort, what);
  let isUp = true;
  return {
    ...{ name, url: `http://127.0.0.1:${port}${path}`, ...switches },
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
    stop: async () => void (isUp && (await closeServer(server))),
  };
}
