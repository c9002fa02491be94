import { type ActionRunnerOptions, createActionRunner } from './action-runner';
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

export interface ActionHostOptions extends Omit<ActionRunnerOptions, 'secrets'> {
  /** With the secrets of the bundle. */
  readonly tenant: Tenant;
}

const HANDLER = 'onExecutePostUserRegistration';

/** Stands in for Auth0: runs the Action, whose one printed line says how it went. */
export function createActionHost({ tenant, ...options }: ActionHostOptions): ActionHost {
  const runner = createActionRunner({ ...options, secrets: tenant.secrets });
  return {
    async register(user) {
      const { code } = await runner.run(HANDLER, (secrets) =>
        registrationEvent(user, { ...tenant, secrets }, options.clock.now()),
      );
      return { userId: user.user.user_id, emitted: code === 'emitted', code };
    },
  };
}
