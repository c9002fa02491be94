import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../clock';
import type { FunctionSpec } from '../function-spec';
import type { Invocation } from '../invocation';
import type { InstanceData, InstanceMessage, InvocationResult, InvokeMessage } from './instance-data';
import { utilizationOf } from './utilization';
import { workerCode } from './worker-code';

/** One execution environment of a function: a thread with a process.env of its own. One invocation at a time. */
export interface Instance {
  invoke(event: unknown): Promise<Invocation>;
  kill(): Promise<void>;
  readonly ended: Promise<void>;
  /** False from the moment its end is certain. */
  alive(): boolean;
  /** Share of time since it was asked last that the thread computed and did not wait. */
  utilization(): number;
}

export interface InstanceOptions {
  readonly spec: FunctionSpec;
  readonly environment: Record<string, string>;
  readonly clock: Clock;
  readonly origins: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
}

export function startInstance(options: InstanceOptions): Instance {
  return new ThreadInstance(options);
}

class ThreadInstance implements Instance {
  readonly ended: Promise<void>;
  readonly utilization: () => number;
  private readonly worker: Worker;
  private ending = false;

  constructor(private readonly options: InstanceOptions) {
    this.worker = startThread(options);
    this.ended = new Promise((resolve) => this.worker.once('exit', () => resolve()));
    this.utilization = utilizationOf(this.worker.performance);
    this.worker.once('exit', () => {
      this.ending = true;
    });
    this.collectOutput();
  }

  alive(): boolean {
    return !this.ending;
  }

  async kill(): Promise<void> {
    this.ending = true;
    await this.worker.terminate();
  }

  invoke(event: unknown): Promise<Invocation> {
    const requestId = randomUUID();
    const { timeoutMs } = this.options.spec;
    return new Promise((resolve) => {
      const finish = (invocation: Invocation) => {
        clearTimeout(timer);
        this.worker.off('message', onMessage).off('exit', onExit);
        resolve(invocation);
      };
      const onMessage = ({ result }: InstanceMessage) => result && finish(asInvocation(result));
      const onExit = () => finish({ requestId, ok: false, errorType: 'Runtime.ExitError' });
      const timer = setTimeout(() => finish(this.timeOut(requestId)), timeoutMs);
      this.worker.on('message', onMessage).on('exit', onExit);
      const message: InvokeMessage = {
        requestId,
        event: JSON.stringify(event),
        deadline: Date.now() + timeoutMs,
      };
      this.worker.postMessage(message);
    });
  }

  private timeOut(requestId: string): Invocation {
    const { clock, log, spec } = this.options;
    const time = new Date(clock.now()).toISOString();
    log(`${time} ${requestId} Task timed out after ${(spec.timeoutMs / 1000).toFixed(2)} seconds`);
    void this.kill();
    return { requestId, ok: false, errorType: 'Sandbox.Timedout' };
  }

  /** Nearly everything printed comes as messages; only the thread's own last words come through its pipes. */
  private collectOutput(): void {
    const { log, spec } = this.options;
    this.worker.on('message', ({ printed }: InstanceMessage) => {
      for (const line of printed.split('\n')) if (line !== '') log(line);
    });
    for (const input of [this.worker.stdout, this.worker.stderr]) createInterface({ input }).on('line', log);
    this.worker.on('error', (error) => log(`instance of ${spec.name} crashed: ${error.message}`));
  }
}

function startThread({ spec, environment, clock, origins }: InstanceOptions): Worker {
  const { startedAt, scale } = clock;
  const workerData: InstanceData = {
    handlerFile: spec.handlerFile,
    handlerName: spec.handlerName,
    functionName: spec.physicalName,
    functionArn: spec.arn,
    memoryMb: spec.memoryMb,
    origins,
    clock: { startedAt, scale },
  };
  // Without an empty execArgv the thread would load tsx, which the bundle does not need.
  const own = { env: environment, execArgv: [], stdout: true, stderr: true, resourceLimits: heapOf(spec) };
  return new Worker(workerCode(), { eval: true, workerData, ...own });
}

// By default a thread keeps 48 MB for what is new alone, and a run has dozens of threads that wait most of the time.
const heapOf = ({ memoryMb }: FunctionSpec) => ({
  maxYoungGenerationSizeMb: 8,
  maxOldGenerationSizeMb: memoryMb,
});

function asInvocation(result: InvocationResult): Invocation {
  const { requestId } = result;
  if ('json' in result) return { requestId, ok: true, result: JSON.parse(result.json) };
  return { requestId, ok: false, errorType: result.errorType };
}
