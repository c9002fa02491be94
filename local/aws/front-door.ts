import type { CallMeter } from './call-meter';
import type { Faults } from './faults';

export type ServiceName = 'dynamodb' | 'sqs' | 'sns' | 'secretsmanager';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** One request as it would arrive by HTTP. */
export interface DoorRequest {
  readonly method: string;
  readonly headers: Record<string, string | undefined>;
  readonly body: string;
}

export interface DoorAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** The one address of all AWS services of a run. Every call of anybody passes here and is counted. */
export interface FrontDoor {
  readonly url: string;
  /** A name, such as a role's or a function's, always gets the same credentials. */
  credentialsFor(caller: string): Credentials;
  /** A call in process: same counting and faults as by HTTP. Rejects with AwsError. */
  call<T = Record<string, unknown>>(call: InProcessCall): Promise<T>;
  /** A raw request in process, answered exactly as by HTTP; for API Gateway's integrations. */
  request(request: DoorRequest, caller: string): Promise<DoorAnswer>;
  readonly calls: CallMeter;
  readonly faults: Faults;
}

export interface InProcessCall {
  readonly service: ServiceName;
  readonly operation: string;
  readonly caller: string;
  readonly input: Record<string, unknown>;
}
