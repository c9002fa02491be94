import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import type { Clock } from '../clock';
import { loadAction } from './load-action';
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
  readonly file: string;
  readonly tenant: Tenant;
  readonly clock: Clock;
  /** Gets every line the Action prints; Auth0 would keep it in its own log. */
  readonly print: (line: string) => void;
}

const HANDLER = 'onExecutePostUserRegistration';

/** Stands in for Auth0: runs the bundled Action, whose one printed line says how it went. */
export function createActionHost({ file, tenant, clock, print }: ActionHostOptions): ActionHost {
  // Runs share one instance, as on Auth0; the storage tells whose line is printed.
  const printed = new AsyncLocalStorage<string[]>();
  const action = loadAction(readFileSync(file, 'utf8'), file, clock, (line) =>
    printed.getStore()?.push(line),
  );
  return {
    async register(user) {
      const lines: string[] = [];
      const event = registrationEvent(user, tenant, clock.now());
      const failure = await printed
        .run(lines, () => action.run(HANDLER, event))
        .then(
          () => undefined,
          () => 'threw',
        );
      for (const line of lines) print(line);
      const said = failure ?? codeOf(lines);
      return { userId: user.user.user_id, emitted: said === 'emitted', code: said };
    },
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
