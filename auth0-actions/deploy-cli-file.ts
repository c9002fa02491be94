import type { IssuerName } from '../events/issuers';
import { ACTION_RUNTIME, type ActionDefinition, type StreamDefinition, secretsOf } from './actions';
import { SECRET_NAMES } from './secret-names';

/** What stands for the value of a secret. Only the signing secret is another one per issuer. */
function placeholderOf(secret: string, issuer: IssuerName | undefined): string {
  const isOfStream = secret === SECRET_NAMES.signingSecret && issuer === 'event-stream';
  return isOfStream ? 'EVENT_STREAM_SIGNING_SECRET' : secret;
}

/**
 * What auth0-deploy-cli reads beside the code. The values of the secrets are its placeholders, which it fills from
 * `AUTH0_KEYWORD_REPLACE_MAPPINGS` or the environment. There is no `triggers.json`: it would replace the tenant's
 * own bindings.
 * @see https://github.com/auth0/auth0-deploy-cli/blob/master/src/context/directory/handlers/actions.ts
 */
export function deployCliFile(action: ActionDefinition): object {
  const { name, trigger, triggerVersion, issuer } = action;
  return {
    name,
    code: `./${codePath(name)}`,
    runtime: ACTION_RUNTIME,
    dependencies: [],
    secrets: secretsOf(action).map((secret) => ({
      name: secret,
      value: `##${placeholderOf(secret, issuer)}##`,
    })),
    supported_triggers: [{ id: trigger, version: triggerVersion }],
    deployed: true,
  };
}

/** What it reads of an event stream. In place of the id of the Action it takes its name, and finds the id itself. */
export function deployCliStream({ name, eventTypes }: StreamDefinition, actionName: string): object {
  return {
    name,
    status: 'enabled',
    subscriptions: eventTypes.map((event_type) => ({ event_type })),
    destination: { type: 'action', configuration: { action_id: actionName } },
  };
}

/** Where a stream lies in the directory. */
export function streamPath(name: string): string {
  return `event-streams/${name}.json`;
}

/** Where the code of an Action lies in the directory, with slashes on every system. */
export function codePath(name: string): string {
  return `actions/${name}/code.js`;
}
