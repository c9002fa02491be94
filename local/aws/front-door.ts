import type { Clock } from '../clock';
import { closeServer, listen } from '../listen';
import { AwsError } from './aws-error';
import { type CallMeter, createCallMeter } from './call-meter';
import { createCallerRegistry } from './credentials';
import { createFaults, type Faults } from './faults';
import { createHttpDoor } from './http-door';
import { type Doorway, perform } from './perform';
import { type Identity, identify } from './protocol/identify';
import { readJson, writeJson, writeJsonError } from './protocol/json-protocol';
import { readQuery, writeQuery, writeQueryError } from './protocol/query-protocol';
import { readRest } from './protocol/rest-protocol';
import type { AwsService } from './service';

export type ServiceName =
  | 'apigateway'
  | 'cloudformation'
  | 'cloudwatch'
  | 'dynamodb'
  | 'events'
  | 'execute-api'
  | 'kms'
  | 'lambda'
  | 'secretsmanager'
  | 'ses'
  | 'sns'
  | 'sqs'
  | 'sts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** One request as it would arrive by HTTP; header names in lower case. */
export interface DoorRequest {
  readonly method: string;
  /** With its query; @default '/' */
  readonly path?: string;
  readonly headers: Record<string, string | undefined>;
  readonly body: string;
}

export interface DoorAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export interface InProcessCall {
  readonly service: ServiceName;
  readonly operation: string;
  readonly caller: string;
  readonly input: Record<string, unknown>;
  /** ARN of what a service calls for, such as the topic or the alarm; policies name it `aws:SourceArn`. */
  readonly sourceArn?: string;
  /** Name of the function with whose role a service makes the call. */
  readonly actingFor?: string;
}

/** The one address of all AWS services of a run. Every call of anybody passes here and is counted. */
export interface FrontDoor {
  readonly url: string;
  /** A name, such as a role's or a function's, always gets the same credentials. */
  credentialsFor(caller: string): Credentials;
  /** A call in process: same counting and faults as by HTTP. Rejects with AwsError. */
  call<T = Record<string, unknown>>(call: InProcessCall): Promise<T>;
  /** A raw request in process, answered exactly as by HTTP; of whoever signed it, where no caller is named. */
  request(request: DoorRequest, caller?: string): Promise<DoorAnswer>;
  readonly calls: CallMeter;
  readonly faults: Faults;
  close(): Promise<void>;
}

export interface FrontDoorOptions {
  readonly port: number;
  /** What time the answers say that it is: signers who trust it keep up with the run. */
  readonly clock: Pick<Clock, 'now'>;
  /** Services that need the door itself, to call each other or to name its address, get it here. */
  readonly services: (door: Pick<FrontDoor, 'call' | 'url'>) => Promise<Record<ServiceName, AwsService>>;
  readonly kill: (caller: string) => void;
  /** Throws AwsError when the caller may not make the call. */
  readonly authorize: (call: InProcessCall) => void;
}

export async function openFrontDoor({
  port,
  clock,
  services,
  ...hooks
}: FrontDoorOptions): Promise<FrontDoor> {
  const registry = createCallerRegistry();
  const calls = createCallMeter();
  const faults = createFaults(clock.now);
  const doorway = { calls, faults, ...hooks } as Doorway;
  const server = createHttpDoor((request) => answer(doorway, request, registry.callerOf), clock);
  const url = `http://127.0.0.1:${await listen(server, port, 'The AWS endpoint')}`;
  const call = async <T>(inProcess: InProcessCall) => (await perform(doorway, inProcess)).json as T;
  Object.assign(doorway, { services: await services({ call, url }) });
  return {
    url,
    credentialsFor: registry.credentialsFor,
    call,
    request: (request, caller) =>
      answer(doorway, request, caller === undefined ? registry.callerOf : () => caller),
    calls,
    faults,
    close: async () => {
      await closeServer(server);
      for (const service of Object.values(doorway.services)) await service.close();
    },
  };
}

const READERS = { json: readJson, query: readQuery, rest: readRest } as const;

type CallerOf = (accessKeyId: string | undefined) => string;

async function answer(doorway: Doorway, request: DoorRequest, callerOf: CallerOf): Promise<DoorAnswer> {
  let identity: Identity | undefined;
  try {
    identity = identify(request);
    const { service, protocol, accessKeyId } = identity;
    const { operation, input } = READERS[protocol](request, service);
    const output = await perform(doorway, { service, operation, input, caller: callerOf(accessKeyId) });
    return protocol === 'query' ? writeQuery(operation, output, request) : writeJson(output, request);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return identity?.protocol === 'query' ? writeQueryError(error, request) : writeJsonError(error, request);
  }
}
