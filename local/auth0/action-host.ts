import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import type { Clock } from '../clock';
import { type LoadedAction, loadAction } from './load-action';
import type { DeployedAction } from './management-api/deployed-action';
import { registrationEvent, type Tenant } from './registration-event';
import type { SampleUser } from './sample-user';

/** How a run of the Action ended. */
export interface Registration {
  readonly userId: string;
  readonly emitted: boolean;
  /** What the Action said of it, such as `emitted` or `unreachable`. */
  readonly code: string;
}

export interface ActionHost {
  /** Runs the Action as Auth0 would after this user's sign-up. Never rejects, as Auth0 would not tell anybody. */
  register(user: SampleUser): Promise<Registration>;
}

export interface ActionHostOptions {
  /** The bundle that runs, with the secrets of `tenant`, as long as no Action is deployed. */
  readonly file: string;
  readonly tenant: Tenant;
  /** What was deployed and bound through the Management API. */
  readonly deployed?: () => DeployedAction | undefined;
  readonly clock: Clock;
  /** Gets every line the Action prints; Auth0 would keep it in its own log. */
  readonly print: (line: string) => void;
}

/** An Action that can run, with its secrets. */
interface Loaded {
  readonly version: string;
  readonly action: LoadedAction;
  readonly secrets: Readonly<Record<string, string>>;
}

const HANDLER = 'onExecutePostUserRegistration';

/** Stands in for Auth0: runs the Action, whose one printed line says how it went. */
export function createActionHost(options: ActionHostOptions): ActionHost {
  const { tenant, clock, print } = options;
  // Runs share one instance, as on Auth0; the storage tells whose line is printed.
  const printed = new AsyncLocalStorage<string[]>();
  const current = loader(options, (line) => printed.getStore()?.push(line));
  return {
    async register(user) {
      const lines: string[] = [];
      const said = await printed.run(lines, async () => {
        try {
          const { action, secrets } = current();
          await action.run(HANDLER, registrationEvent(user, { ...tenant, secrets }, clock.now()));
          return codeOf(lines);
        } catch {
          return 'threw';
        }
      });
      for (const line of lines) print(line);
      return { userId: user.user.user_id, emitted: said === 'emitted', code: said };
    },
  };
}

/** Loads each version once: what is deployed, or else the bundle. */
function loader(options: ActionHostOptions, print: (line: string) => void): () => Loaded {
  const { file, tenant, deployed, clock } = options;
  const load = (version: string, code: string, secrets: Loaded['secrets']): Loaded => ({
    ...{ version, secrets },
    action: loadAction(code, file, clock, print),
  });
  const bundle = load('', readFileSync(file, 'utf8'), tenant.secrets);
  let loaded = bundle;
  return () => {
    const live = deployed?.();
    if (live === undefined) return bundle;
    if (live.id !== loaded.version) loaded = load(live.id, live.code, live.secrets);
    return loaded;
  };
}

function codeOf(lines: readonly string[]): string {
  try {
    const said = JSON.parse(lines.at(-1) ?? '') as { code?: unknown };
    return String(said.code ?? 'unknown');
  } catch {
    return 'unknown';
  }
}
