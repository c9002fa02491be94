import { readFileSync } from 'node:fs';
import type { DeployedAction } from './management-api/deployed-action';
import { codeOf, createTrigger, RUN_LIMIT_MS, type TriggerOptions } from './trigger';

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

export interface ActionRunnerOptions extends Omit<TriggerOptions, 'actions'> {
  /** The bundle that runs, with `secrets`, as long as no Action is deployed. */
  readonly file: string;
  readonly secrets: Secrets;
  /** What was deployed through the Management API. */
  readonly deployed?: (() => DeployedAction | undefined) | undefined;
}

/** Runs an Action of its own; the last line that it prints says how it went. */
export function createActionRunner(options: ActionRunnerOptions): ActionRunner {
  const { file, secrets, deployed } = options;
  const bundle = bundledAction(file, secrets);
  const trigger = createTrigger({ ...options, actions: () => [deployed?.() ?? bundle] });
  return {
    async run(handler, eventWith) {
      const [action = bundle] = trigger.actions();
      const { failure, lines } = await trigger.call(action, handler, {
        ...{ event: eventWith(action.secrets), api: { cache: trigger.cache } },
        leftMs: RUN_LIMIT_MS,
      });
      return { code: codeOf(lines, failure !== undefined), threw: failure !== undefined };
    },
  };
}

/** What was built and not deployed. */
export function bundledAction(file: string, secrets: Secrets): DeployedAction {
  return { id: file, name: file, code: readFileSync(file, 'utf8'), secrets };
}
