import type { ServiceName } from './front-door';

/** One AWS service behind the front door. */
export interface AwsService {
  readonly name: ServiceName;
  /** Name of the queue, topic, table or secret that the call is about. */
  resourceOf(operation: string, input: Record<string, unknown>): string | undefined;
  /** `caller` is the name of whoever calls. Rejects with AwsError. */
  handle(operation: string, input: Record<string, unknown>, caller?: string): Promise<ServiceOutput>;
  close(): Promise<void>;
}

export interface ServiceOutput {
  readonly json: Record<string, unknown>;
  /** The finished answer of the JSON protocol, where it is not `json`. */
  readonly body?: string;
  /** The finished answer of the query protocol, where the service made one itself. */
  readonly xml?: string;
  /** @default 200 */
  readonly status?: number;
  /** What the answer says beside its body. */
  readonly headers?: Readonly<Record<string, string>>;
}
