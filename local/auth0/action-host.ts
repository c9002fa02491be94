import { type ActionRunnerOptions, createActionRunner } from './action-runner';
import { loginEvent, type WayIn } from './login-event';
import { registrationEvent, type Tenant } from './registration-event';
import type { SampleUser } from './sample-user';

/** How a run of an Action ended. */
export interface Telling {
  readonly userId: string;
  readonly emitted: boolean;
  /** What the Action said of it, such as `emitted` or `unreachable`; `nothing` where it had nothing to say. */
  readonly code: string;
}

export interface ActionHost {
  /** Runs the Action as Auth0 would after this user's sign-up. Never rejects, as Auth0 would not tell anybody. */
  register(user: SampleUser): Promise<Telling>;
  /** Runs the Action as Auth0 would at each login. */
  logIn(user: SampleUser, way: WayIn): Promise<Telling>;
}

type Runnable = Pick<ActionRunnerOptions, 'file' | 'deployed'>;

export interface ActionHostOptions extends Pick<ActionRunnerOptions, 'clock' | 'print'> {
  readonly registration: Runnable;
  readonly login: Runnable;
  /** With the secrets of the bundles. */
  readonly tenant: Tenant;
}

/** Stands in for Auth0: runs the Actions, whose one printed line says how it went. */
export function createActionHost({ tenant, registration, login, ...options }: ActionHostOptions): ActionHost {
  const runnerOf = (action: Runnable) =>
    createActionRunner({ ...options, ...action, secrets: tenant.secrets });
  const [afterSignUp, atLogin] = [runnerOf(registration), runnerOf(login)];
  const { now } = options.clock;
  return {
    async register(user) {
      const { code } = await afterSignUp.run('onExecutePostUserRegistration', (secrets) =>
        registrationEvent(user, { ...tenant, secrets }, now()),
      );
      return tellingOf(user, code);
    },
    async logIn(user, way) {
      const { code } = await atLogin.run('onExecutePostLogin', (secrets) =>
        loginEvent(user, { ...tenant, secrets }, now(), way),
      );
      return tellingOf(user, code);
    },
  };
}

function tellingOf({ user }: SampleUser, code: string): Telling {
  return { userId: user.user_id, emitted: code === 'emitted', code };
}
