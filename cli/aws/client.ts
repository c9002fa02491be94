import type { AwsClock } from '../clock';
import type { ClientConfig } from '../target/target';

/** What every adapter of a service is made with. */
export interface AwsContext {
  readonly config: ClientConfig;
  readonly clock: AwsClock;
}

interface Stack {
  add(middleware: unknown, options: { readonly step: 'deserialize'; readonly name: string }): void;
}

/** `client`, telling the clock what time its answers give. */
export function withClock<Client>(client: Client, clock: AwsClock): Client {
  const { middlewareStack } = client as { middlewareStack: Stack };
  const watch = (next: (args: unknown) => Promise<{ response?: unknown }>) => async (args: unknown) => {
    const result = await next(args);
    const { headers } = (result.response ?? {}) as { headers?: Record<string, string> };
    clock.learn(headers?.date);
    return result;
  };
  middlewareStack.add(watch, { step: 'deserialize', name: 'learnTheTime' });
  return client;
}

/** Fewer tries than the SDK's three would give up where AWS throttles a whole redrive. */
export const MAX_ATTEMPTS = 6;
