import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { CountedCall } from '../../../local/aws/call-meter';
import type { FaultRule } from '../../../local/aws/faults';
import type { QueueInfo } from '../../../local/aws/queues';
import type { FunctionState } from '../../../local/functions/functions';

export type ChildRequest =
  | {
      kind: 'start';
      assembly: string;
      logDirectory: string;
      timeScale: number;
      port?: number;
      origins: Record<string, string>;
    }
  | { kind: 'fault'; rule: FaultRule }
  | { kind: 'kill'; name: string }
  | { kind: 'restart' | 'states' | 'calls' | 'stop' };

export interface ChildReply {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: { readonly message: string; readonly code: string };
}

/** A run of a small assembly in a process of its own. */
export interface SmallRun {
  readonly url: string;
  readonly outputs: Record<string, string>;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly dynamodb: DynamoDBClient;
  /** URL of a queue of the template. */
  queueUrl(logicalId: string): string;
  fault(rule: FaultRule): Promise<void>;
  kill(name: string): Promise<number>;
  restart(): Promise<void>;
  states(): Promise<FunctionState[]>;
  calls(): Promise<CountedCall[]>;
  log(functionName: string): string;
  stop(): Promise<void>;
}

export interface SmallRunOptions {
  /** @default 1 */
  readonly timeScale?: number;
  readonly port?: number;
  /** Addresses of the outside world and what stands in for them. */
  readonly origins?: Record<string, string>;
}

/** Rejects with `{ message, code }` when the run cannot start. */
export async function startSmallRun(
  assembly: string,
  { timeScale = 1, port, origins = {} }: SmallRunOptions = {},
): Promise<SmallRun> {
  const logDirectory = mkdtempSync(join(tmpdir(), 'punctual-logs-'));
  const { ask, end } = startChild();
  const request: ChildRequest = {
    kind: 'start',
    assembly,
    logDirectory,
    timeScale,
    origins,
    ...(port !== undefined && { port }),
  };
  const started = await ask<{ url: string; outputs: Record<string, string>; queues: QueueInfo[] }>(
    request,
  ).catch((error) => {
    end();
    throw error;
  });
  const { url, outputs, queues } = started;
  const client = {
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  return {
    url,
    outputs,
    sqs: new SQSClient(client),
    sns: new SNSClient(client),
    dynamodb: new DynamoDBClient(client),
    queueUrl: (wanted) => queues.find(({ logicalId }) => logicalId === wanted)?.url ?? '',
    fault: (rule) => ask({ kind: 'fault', rule }),
    kill: (name) => ask({ kind: 'kill', name }),
    restart: () => ask({ kind: 'restart' }),
    states: () => ask({ kind: 'states' }),
    calls: () => ask({ kind: 'calls' }),
    log: (name) => {
      const file = join(logDirectory, `${name}.log`);
      return existsSync(file) ? readFileSync(file, 'utf8') : '';
    },
    stop: () => ask<void>({ kind: 'stop' }).finally(end),
  };
}

function startChild() {
  const child = fork(join(__dirname, 'run.child.ts'), { execArgv: ['--import', 'tsx'] });
  const waiting = new Map<number, (reply: ChildReply) => void>();
  child.on('message', (reply: ChildReply) => waiting.get(reply.id)?.(reply));
  let last = 0;
  const ask = <T>(request: ChildRequest) =>
    new Promise<T>((resolve, reject) => {
      last += 1;
      waiting.set(last, ({ value, error }) =>
        error ? reject(Object.assign(new Error(error.message), error)) : resolve(value as T),
      );
      child.send({ ...request, id: last });
    });
  return { ask, end: () => void child.disconnect() };
}
