import type { Clock } from '../clock';
import type { ActionRunner } from './action-runner';
import { streamMessage } from './stream-message';
import type { UserChange } from './tenant-users';

export interface EventStream {
  /** Sends the changes on their way. */
  tell(changes: readonly UserChange[]): void;
  /** From now on each event is delivered this many times, as Auth0 says that it may. */
  repeat(times: number): void;
  /** Nothing is delivered any more. */
  stop(): void;
}

export interface EventStreamOptions {
  readonly domain: string;
  readonly runner: ActionRunner;
  readonly clock: Clock;
  /** The stream as it is in the tenant now. While it is off, what happens is never told. */
  readonly current: () => { readonly isOn: boolean };
  /** Hears of each event whose last attempt failed. */
  readonly onLost: (event: { readonly type: string; readonly code: string }) => void;
}

const HANDLER = 'onExecuteEventStream';
/** An event comes after what it tells of. */
const UNDER_WAY_MS = 1_000;
/** Four attempts in all. */
const PAUSES_MS = [1_000, 2_000, 4_000];

/**
 * Auth0's event stream: each change of a user becomes an event for the Action, which is tried again while it throws.
 * @see https://auth0.com/docs/customize/events/events-best-practices
 */
export function createEventStream(options: EventStreamOptions): EventStream {
  const { clock, domain, current } = options;
  const pauses = new Pauses();
  let deliveries = 1;
  const pause = (ms: number) => pauses.pause(clock.realDelayMs(ms));
  return {
    tell(changes) {
      if (!current().isOn) return;
      for (const change of changes) {
        const message = streamMessage(change, domain);
        for (let copy = 0; copy < deliveries; copy++) void deliver(options, { change, message, pause });
      }
    },
    repeat(times) {
      deliveries = times;
    },
    stop: () => pauses.end(),
  };
}

interface Delivery {
  readonly change: UserChange;
  readonly message: object;
  /** False when there is nothing more to do. */
  readonly pause: (virtualMs: number) => Promise<boolean>;
}

async function deliver(
  { runner, onLost }: EventStreamOptions,
  { change: { type }, message, pause }: Delivery,
): Promise<void> {
  let code = '';
  for (const ms of [UNDER_WAY_MS, ...PAUSES_MS]) {
    if (!(await pause(ms))) return;
    const run = await runner.run(HANDLER, (secrets) => ({ message: structuredClone(message), secrets }));
    if (!run.threw) return;
    code = run.code;
  }
  onLost({ type, code });
}

/** Pauses that end together. Thousands of changes may be under way: too many for listeners of one signal. */
class Pauses {
  private readonly pending = new Map<NodeJS.Timeout, (goesOn: boolean) => void>();
  private isOver = false;

  /** False when it was ended before its time. */
  pause(milliseconds: number): Promise<boolean> {
    if (this.isOver) return Promise.resolve(false);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.pending.delete(timer);
        resolve(true);
      }, milliseconds);
      this.pending.set(timer, resolve);
    });
  }

  end(): void {
    this.isOver = true;
    for (const [timer, resolve] of this.pending) {
      clearTimeout(timer);
      resolve(false);
    }
    this.pending.clear();
  }
}
