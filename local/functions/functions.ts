import type { FrontDoor } from '../aws/front-door';
import type { Clock } from '../clock';
import type { ServiceMetrics } from '../cloudwatch/service-metrics';
import type { LambdaPermits } from '../iam/lambda-permits';
import type { RunLog } from '../run-log';
import type { FunctionSpec } from './function-spec';
import { startInstance } from './instance/instance';
import { instanceEnvironment } from './instance/instance-environment';
import { InstancePool, type Seat } from './instance-pool';
import { type Invocation, THROTTLED } from './invocation';
import type { Mapping } from './mapping';

/** What a function is to the world outside: its name is its system's, else its logical id. */
export interface FunctionInfo {
  readonly name: string;
  readonly arn: string;
  readonly physicalName: string;
  readonly logicalId: string;
  readonly stackPath: string;
  /** Of the resource's metadata `punctual:system`. */
  readonly system?: {
    readonly name: string;
    readonly kind: string;
    /** What a team wrote for it, as `systems/ticket-desk`. */
    readonly module?: string;
  };
  readonly environment: Readonly<Record<string, string>>;
}

export interface FunctionState {
  readonly name: string;
  readonly instances: number;
  readonly busy: number;
  readonly invocations: number;
  readonly errors: number;
}

export interface Functions {
  list(): FunctionInfo[];
  /** By name, physical name or ARN. */
  find(name: string): FunctionInfo | undefined;
  /** The right to invoke the function of that name once; soon, where somebody waits for the answer. */
  takeSeat(name: string, patienceMs?: number): Promise<Seat>;
  states(): FunctionState[];
  /** Ends the live instances, whatever they are doing; gives how many there were. */
  kill(name: string): Promise<number>;
  /** Lets none of its invocations happen for a while of virtual time. */
  throttle(name: string, seconds: number): void;
  /** Reports its invocations as longer for a while of virtual time, up to its time-out. */
  slow(name: string, seconds: number, addedMs: number): void;
}

interface RunningFunction {
  readonly spec: FunctionSpec;
  readonly pool: InstancePool;
  invocations: number;
  errors: number;
  /** Virtual epoch ms. */
  /** Invocations under way. */
  current: number;
  throttledUntil: number;
  slowUntil: number;
  addedMs: number;
}

export interface FunctionDeps {
  readonly clock: Clock;
  readonly log: RunLog;
  readonly measured: Pick<ServiceMetrics, 'invoked' | 'throttled'>;
  readonly door: () => Pick<FrontDoor, 'url' | 'credentialsFor'>;
  readonly permits: Pick<LambdaPermits, 'mayRun' | 'mayCreateLogStream' | 'mayLog'>;
  /** Asked when an instance starts; complete by then. */
  readonly origins: () => Record<string, string>;
  /** A variable of the function's environment with the addresses of the run; asked as late. */
  readonly localize: (value: string, name: string) => string;
}

/** The run's functions with their instances, and the mappings that feed them. */
export class FunctionRegistry implements Functions {
  private readonly functions = new Map<string, RunningFunction>();
  private readonly mappings: Mapping[] = [];

  constructor(private readonly deps: FunctionDeps) {}

  add(spec: FunctionSpec): void {
    this.functions.set(spec.name, {
      ...{ spec, pool: this.createPool(spec) },
      ...{ invocations: 0, errors: 0, current: 0, throttledUntil: 0, slowUntil: 0, addedMs: 0 },
    });
  }

  addMapping(mapping: Mapping): void {
    this.mappings.push(mapping);
  }

  list(): FunctionSpec[] {
    return [...this.functions.values()].map(({ spec }) => spec);
  }

  /** By name, physical name or ARN. */
  find(name: string): FunctionSpec | undefined {
    return this.list().find((spec) => [spec.name, spec.physicalName, spec.arn].includes(name));
  }

  states(): FunctionState[] {
    return [...this.functions.values()].map(({ spec, pool, invocations, errors }) => ({
      name: spec.name,
      instances: pool.instances,
      busy: pool.busy,
      invocations,
      errors,
    }));
  }

  async takeSeat(name: string, patienceMs?: number): Promise<Seat> {
    const running = this.functions.get(name) as RunningFunction;
    const seat = await running.pool.takeSeat(patienceMs);
    return {
      release: seat.release,
      invoke: async (event) => {
        if (!this.deps.permits.mayRun(name)) {
          seat.release();
          return { requestId: '', ok: false, errorType: 'AccessDeniedException' };
        }
        if (this.mayStart(running)) return this.invoke(running, seat, event);
        seat.release();
        this.deps.measured.throttled(running.spec.physicalName);
        return { requestId: '', ok: false, errorType: THROTTLED };
      },
    };
  }

  throttle(name: string, seconds: number): void {
    const running = this.functions.get(name);
    if (running) running.throttledUntil = this.deps.clock.now() + seconds * 1000;
  }

  slow(name: string, seconds: number, addedMs: number): void {
    const running = this.functions.get(name);
    if (running) Object.assign(running, { slowUntil: this.deps.clock.now() + seconds * 1000, addedMs });
  }

  async kill(name: string): Promise<number> {
    return (await this.functions.get(name)?.pool.kill()) ?? 0;
  }

  async killAll(): Promise<void> {
    await Promise.all([...this.functions.values()].map(({ pool }) => pool.kill()));
  }

  start(): void {
    for (const mapping of this.mappings) mapping.start();
  }

  async stop(): Promise<void> {
    for (const mapping of this.mappings) mapping.stop();
    await Promise.all([...this.functions.values()].map(({ pool }) => pool.close()));
  }

  private mayStart({ spec, current, throttledUntil }: RunningFunction): boolean {
    const { reservedConcurrency = Number.POSITIVE_INFINITY } = spec;
    return current < reservedConcurrency && this.deps.clock.now() >= throttledUntil;
  }

  private async invoke(running: RunningFunction, seat: Seat, event: unknown): Promise<Invocation> {
    running.invocations += 1;
    running.current += 1;
    const began = performance.now();
    const invocation = await seat.invoke(event).finally(() => {
      running.current -= 1;
    });
    if (!invocation.ok) running.errors += 1;
    const { clock, measured } = this.deps;
    const spentMs = performance.now() - began + (clock.now() < running.slowUntil ? running.addedMs : 0);
    const durationMs = Math.min(spentMs, running.spec.timeoutMs);
    measured.invoked(running.spec.physicalName, { ok: invocation.ok, durationMs });
    return invocation;
  }

  private createPool(spec: FunctionSpec): InstancePool {
    const { clock, door, origins, localize } = this.deps;
    return new InstancePool(() =>
      startInstance({
        spec,
        clock,
        origins: origins(),
        environment: instanceEnvironment(
          localized(spec, localize),
          door().credentialsFor(spec.name),
          door().url,
        ),
        log: this.logOf(spec),
      }),
    );
  }

  /** A function whose role may not write its log runs all the same, as on AWS. */
  private logOf({ name, logGroup }: FunctionSpec): (line: string) => void {
    const { log, permits } = this.deps;
    const hasStream = permits.mayCreateLogStream(name, logGroup);
    return (line) => {
      if (hasStream && permits.mayLog(name, logGroup)) log.write(name, line);
    };
  }
}

/** What a function tells browsers, and where it calls, is in the run as well. */
function localized(spec: FunctionSpec, localize: FunctionDeps['localize']): FunctionSpec {
  const entries = Object.entries(spec.environment).map(([name, value]) => [name, localize(value, name)]);
  return { ...spec, environment: Object.fromEntries(entries) };
}
