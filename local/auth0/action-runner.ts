import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import type { Clock } from '../clock';
import { createActionCache } from './action-cache';
import { type LoadedAction, loadAction } from './load-action';
import type { DeployedAction } from './management-api/deployed-action';

/** How a run of an Action ended. */
export interface ActionRun {
  /** What the Action said of it, such as `emitted` or `unreachable`; without a word `threw` or `nothing`. */
  readonly code: string;
  readonly threw: boolean;
}

export interface ActionRunner {
  /** Calls the handler with the event, which `eventWith` completes with the Action's secrets. Never rejects. */
  run(handler: string, eventWith: (secrets: Secrets) => object): Promise<ActionRun>;
}

export type Secrets = Readonly<Record<string, string>>;

export interface ActionRunnerOptions {
  /** The bundle that runs, with `secrets`, as long as no Action is deployed. */
  readonly file: string;
  readonly secrets: Secrets;
  /** What was deployed through the Management API. */
  readonly deployed?: (() => DeployedAction | undefined) | undefined;
  readonly clock: Clock;
  /** Gets every line the Action prints; Auth0 would keep it in its own log. */
  readonly print: (line: string) => void;
}

/** An Action that can run, with its secrets. */
interface Loaded {
  readonly version: string;
  readonly action: LoadedAction;
  readonly secrets: Secrets;
}

/** Runs an Action as Auth0 does; the last line that it prints says how it went. */
export function createActionRunner(options: ActionRunnerOptions): ActionRunner {
  // Runs share one instance, as on Auth0; the storage tells whose line is printed.
  const printed = new AsyncLocalStorage<string[]>();
  const api = { cache: createActionCache(options.clock.now) };
  const current = loader(options, (line) => printed.getStore()?.push(line));
  return {
    async run(handler, eventWith) {
      const lines: string[] = [];
      const threw = await printed.run(lines, async () => {
        try {
          const { action, secrets } = current();
          await action.run(handler, eventWith(secrets), api);
          return false;
        } catch {
          return true;
        }
      });
      for (const line of lines) options.print(line);
      return { code: threw && lines.length === 0 ? 'threw' : codeOf(lines), threw };
    },
  };
}

/** Loads each version once: what is deployed, or else the bundle. */
function loader(
  { file, secrets, deployed, clock }: ActionRunnerOptions,
  print: (line: string) => void,
): () => Loaded {
  const load = (version: string, code: string, own: Secrets): Loaded => ({
    ...{ version, secrets: own },
    action: loadAction(code, file, clock, print),
  });
  const bundle = load('', readFileSync(file, 'utf8'), secrets);
  let loaded = bundle;
  return () => {
    const live = deployed?.();
    if (live === undefined) return bundle;
    if (live.id !== loaded.version) loaded = load(live.id, live.code, live.secrets);
    return loaded;
  };
}

function codeOf(lines: readonly string[]): string {
  if (lines.length === 0) return 'nothing';
  try {
    const said = JSON.parse(lines.at(-1) ?? '') as { code?: unknown };
    return String(said.code ?? 'unknown');
  } catch {
    return 'unknown';
  }
}
