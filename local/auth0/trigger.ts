import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../clock';
import { type ActionCache, createActionCache } from './action-cache';
import { type LoadedAction, loadAction } from './load-action';
import type { DeployedAction } from './management-api/deployed-action';

/** How a call of a handler ended. */
export interface ActionCall {
  /** What was thrown, in words; absent where the handler came to its end. */
  readonly failure?: string;
  /** What the Action printed meanwhile. */
  readonly lines: readonly string[];
}

/** What an Action is called with. */
export interface ActionArguments {
  readonly event: object;
  readonly api: object;
  /** Real ms that are left to all Actions of the run together. */
  readonly leftMs: number;
}

/** A trigger of the tenant: its Actions, and the instance and the cache that they share between runs. */
export interface Trigger {
  readonly cache: ActionCache;
  /** Those that would run now, in their order. */
  actions(): readonly DeployedAction[];
  /** Never rejects. A handler that the Action does not have is a failure, unless it may be missing. */
  call(action: DeployedAction, handler: string, given: ActionArguments): Promise<ActionCall>;
  has(action: DeployedAction, handler: string): boolean;
}

export interface TriggerOptions {
  readonly actions: () => readonly DeployedAction[];
  readonly clock: Clock;
  /** Gets every line that an Action prints; Auth0 would keep it in its own log. */
  readonly print: (line: string) => void;
}

/** For all Actions of a run together. Real time, as that of functions: what they wait for is real as well. */
export const RUN_LIMIT_MS = 20_000;

export function createTrigger({ actions, clock, print }: TriggerOptions): Trigger {
  // Runs share one instance, as on Auth0; the storage tells whose line is printed.
  const printed = new AsyncLocalStorage<string[]>();
  const loaded = new Map<string, LoadedAction>();
  const load = ({ id, name, code }: DeployedAction): LoadedAction => {
    const found = loaded.get(id) ?? loadAction(code, name, clock, (line) => printed.getStore()?.push(line));
    loaded.set(id, found);
    return found;
  };
  return {
    cache: createActionCache(clock.now),
    actions,
    has: (action, handler) => load(action).has(handler),
    async call(action, handler, { event, api, leftMs }) {
      const lines: string[] = [];
      const failure = await printed.run(lines, () =>
        failureOf(() => within(leftMs, load(action).run(handler, event, api))),
      );
      for (const line of lines) print(line);
      return { lines, ...(failure === undefined ? {} : { failure }) };
    },
  };
}

async function failureOf(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    // An error of the Action's realm is no Error of ours.
    const { message } = (error ?? {}) as { message?: unknown };
    return String(message ?? error);
  }
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The Actions of the trigger took longer than they may')), ms);
  });
  try {
    await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
    // What goes on without us ends as it likes.
    work.catch(() => undefined);
  }
}

/** What the last line says of a run, such as `emitted` or `unreachable`; without a word `threw` or `nothing`. */
export function codeOf(lines: readonly string[], threw: boolean): string {
  if (lines.length === 0) return threw ? 'threw' : 'nothing';
  try {
    const said = JSON.parse(lines.at(-1) ?? '') as { code?: unknown };
    return String(said.code ?? 'unknown');
  } catch {
    return 'unknown';
  }
}
