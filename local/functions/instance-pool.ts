import type { Instance } from './instance/instance';
import { utilizationOf } from './instance/utilization';
import type { Invocation } from './invocation';

/** How long work waits for an instance that is about to be free before another one is considered. */
const PATIENCE_MS = 250;
/** Busier than this, a thread computes rather than waits, and another one would only take its processor away. */
const COMPUTING = 0.5;

/** The right to invoke once; `release` gives it back unused. */
export interface Seat {
  invoke(event: unknown): Promise<Invocation>;
  release(): void;
}

/** Instances of one function: reused when idle, started when all are busy for a while. */
export class InstancePool {
  private readonly live = new Set<Instance>();
  private readonly idle: Instance[] = [];
  private readonly waiting: ((instance: Instance | undefined) => void)[] = [];
  private closed = false;
  /** Rights to start an instance that nobody has used yet. */
  private promised = 0;
  private hurriedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly start: () => Instance,
    /** Share of time since it was asked last that this thread, which answers all calls, was busy. */
    private readonly ownUtilization: () => number = utilizationOf(performance),
  ) {}

  get instances(): number {
    return this.live.size;
  }

  get busy(): number {
    return this.live.size - this.idle.length;
  }

  /**
   * An idle instance, or the right to start one: nothing is started before there is something to do.
   *
   * @param patienceMs how often one more is started for those who wait, however busy the machine is; without it one is
   * started only where it helps, as with work that queues up
   */
  async takeSeat(patienceMs?: number): Promise<Seat> {
    let instance = this.idle.pop();
    while (!instance && this.live.size + (patienceMs === undefined ? 0 : this.promised) > 0) {
      instance = await this.nextIdle(patienceMs ?? PATIENCE_MS);
      if (!instance && this.mayStart(patienceMs)) break;
    }
    const isPromised = instance === undefined;
    if (isPromised) this.promised += 1;
    return {
      invoke: async (event) => {
        if (isPromised) this.promised -= 1;
        if (this.closed) return { requestId: '', ok: false, errorType: 'Runtime.ExitError' };
        instance = instance?.alive() ? instance : this.launch();
        const invocation = await instance.invoke(event);
        this.giveBack(instance);
        return invocation;
      },
      release: () => {
        if (isPromised) this.promised -= 1;
        if (instance) this.giveBack(instance);
      },
    };
  }

  /** Ends all instances and gives how many there were. */
  async kill(): Promise<number> {
    const instances = [...this.live];
    for (const instance of instances) this.forget(instance);
    await Promise.all(instances.map((instance) => instance.kill()));
    return instances.length;
  }

  /** Ends all instances for good: a poller that has a batch in hand must not start another one. */
  async close(): Promise<void> {
    this.closed = true;
    await this.kill();
  }

  /** Many who wait together get one after the other: what serves the first may soon serve them all. */
  private mayStart(patienceMs: number | undefined): boolean {
    if (patienceMs === undefined) return this.oneMoreWouldHelp();
    const now = performance.now();
    if (now - this.hurriedAt < patienceMs) return false;
    this.hurriedAt = now;
    return true;
  }

  /** It does when the instances wait for others; when they compute, the machine has no more to give. */
  private oneMoreWouldHelp(): boolean {
    const shares = [...this.live].map((instance) => instance.utilization());
    const mean = shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
    return mean < COMPUTING && this.ownUtilization() < COMPUTING;
  }

  private launch(): Instance {
    const instance = this.start();
    this.live.add(instance);
    void instance.ended.then(() => this.forget(instance));
    return instance;
  }

  private giveBack(instance: Instance): void {
    const next = instance.alive() ? this.waiting.shift() : undefined;
    if (next) next(instance);
    else if (instance.alive()) this.idle.push(instance);
    else this.forget(instance);
  }

  private forget(instance: Instance): void {
    this.live.delete(instance);
    const index = this.idle.indexOf(instance);
    if (index >= 0) this.idle.splice(index, 1);
  }

  private nextIdle(withinMs: number): Promise<Instance | undefined> {
    return new Promise((resolve) => {
      const take = (instance: Instance | undefined) => {
        clearTimeout(timer);
        resolve(instance);
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(take), 1);
        resolve(undefined);
      }, withinMs);
      this.waiting.push(take);
    });
  }
}
