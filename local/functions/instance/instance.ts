import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../clock';
import type { FunctionSpec } from '../function-spec';
import type { Invocation } from '../invocation';
import type { InstanceData, InstanceMessage, InvocationResult, InvokeMessage } from './instance-data';
import { workerCode } from './worker-code';

/** One execution environment of a function: a thread with a process.env of its own. One invocation at a time. */
export interface Instance {
  invoke(event: unknown): Promise<Invocation>;
  kill(): Promise<void>;
  readonly ended: Promise<void>;
  /** False from the moment its end is certain. */
  alive(): boolean;
}

export interface InstanceOptions {
  readonly spec: FunctionSpec;
  readonly environment: Record<string, string>;
  readonly clock: Clock;
  readonly origins: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
}

export function startInstance({ spec, environment, clock, origins, log }: InstanceOptions): Instance {
  const { handlerFile, handlerName, physicalName, arn, memoryMb, timeoutMs } = spec;
  const { startedAt, scale } = clock;
  const workerData: InstanceData = {
    handlerFile,
    handlerName,
    functionName: physicalName,
    functionArn: arn,
    memoryMb,
    origins,
    clock: { startedAt, scale },
  };
  // Without an empty execArgv the thread would load tsx, which the bundle does not need.
  const worker = new Worker(workerCode(), {
    eval: true,
    workerData,
    env: environment,
    stdout: true,
    stderr: true,
    execArgv: [],
  });
  worker.on('message', ({ printed }: InstanceMessage) => {
    for (const line of printed.split('\n')) if (line !== '') log(line);
  });
  // Only what the thread itself prints still comes this way.
  for (const stream of [worker.stdout, worker.stderr]) eachLine(stream, log);
  let alive = true;
  const end = () => {
    alive = false;
    return worker.terminate();
  };
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.once('exit', () => {
    alive = false;
  });
  worker.on('error', (error) => log(`instance of ${spec.name} crashed: ${error.message}`));

  return {
    ended,
    alive: () => alive,
    kill: async () => void (await end()),
    invoke: (event) =>
      new Promise((resolve) => {
        const requestId = randomUUID();
        const finish = (invocation: Invocation) => {
          clearTimeout(timer);
          worker.off('message', onMessage).off('exit', onExit);
          resolve(invocation);
        };
        const onMessage = ({ result }: InstanceMessage) => {
          if (result) finish(asInvocation(result));
        };
        const onExit = () => finish({ requestId, ok: false, errorType: 'Runtime.ExitError' });
        const timer = setTimeout(() => {
          log(
            `${new Date(clock.now()).toISOString()} ${requestId} Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
          );
          finish({ requestId, ok: false, errorType: 'Sandbox.Timedout' });
          void end();
        }, timeoutMs);
        worker.on('message', onMessage).on('exit', onExit);
        worker.postMessage({
          requestId,
          event: JSON.stringify(event),
          deadline: Date.now() + timeoutMs,
        } satisfies InvokeMessage);
      }),
  };
}

function asInvocation(result: InvocationResult): Invocation {
  const { requestId } = result;
  if ('json' in result) return { requestId, ok: true, result: JSON.parse(result.json) };
  return { requestId, ok: false, errorType: result.errorType };
}

function eachLine(stream: Readable, log: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', log);
}
