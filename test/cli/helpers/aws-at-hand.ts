import type { AwsContext } from '../../../cli/aws/client';
import { type InProcessCall, openFrontDoor, type ServiceName } from '../../../local/aws/front-door';
import type { AwsService } from '../../../local/aws/service';
import { NOW } from './deps';

/** Stand-ins of services behind HTTP, and what an adapter of the SDK is made with to reach them. */
export interface AwsAtHand {
  readonly context: AwsContext;
  /** Calls in order. */
  readonly calls: string[];
  /** Runs before a call is done: somebody else acts, or the call fails. */
  before: (call: InProcessCall) => unknown;
  /** A call of somebody else. */
  call<T>(operation: string, input: Record<string, unknown>): Promise<T>;
  close(): Promise<void>;
}

export async function awsAtHand(service: AwsService): Promise<AwsAtHand> {
  const calls: string[] = [];
  const hooked: AwsService = {
    ...service,
    async handle(operation, input, caller) {
      calls.push(operation);
      await aws.before({ service: service.name, operation, input, caller: caller ?? '' });
      return service.handle(operation, input);
    },
  };
  const door = await openFrontDoor({
    port: 0,
    clock: { now: () => NOW },
    services: async () => ({ [service.name]: hooked }) as Record<ServiceName, AwsService>,
    kill: () => undefined,
    authorize: () => undefined,
  });
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  const aws: AwsAtHand = {
    context: {
      config: { endpoint: door.url, region: 'us-east-1', credentials },
      clock: { now: () => NOW, learn: () => undefined, aheadMs: () => 0 },
    },
    calls,
    before: () => undefined,
    call: async <T>(operation: string, input: Record<string, unknown>) =>
      (await service.handle(operation, input)).json as T,
    close: door.close,
  };
  return aws;
}
