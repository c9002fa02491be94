import { startRemoteServer } from './remote-server';
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
  const { switches, ...system } = createToldSystem(options);
  const server = await startRemoteServer(options, createWebhookApp({ ...options, ...system }), firstPort);
  // Not spread: whether it is up is asked anew each time.
  return Object.assign(server, switches);
}
