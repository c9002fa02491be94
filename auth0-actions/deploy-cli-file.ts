import { ACTION_RUNTIME, type ActionDefinition } from './actions';
import { SECRET_NAMES } from './secret-names';

/**
 * What auth0-deploy-cli reads beside the code. The values of the secrets are its placeholders, which it fills from
 * `AUTH0_KEYWORD_REPLACE_MAPPINGS` or the environment. There is no `triggers.json`: it would replace the tenant's
 * own bindings.
 * @see https://github.com/auth0/auth0-deploy-cli/blob/master/src/context/directory/handlers/actions.ts
 */
export function deployCliFile({ name, trigger, triggerVersion }: ActionDefinition): object {
  return {
    name,
    code: `./${codePath(name)}`,
    runtime: ACTION_RUNTIME,
    dependencies: [],
    secrets: Object.values(SECRET_NAMES).map((secret) => ({ name: secret, value: `##${secret}##` })),
    supported_triggers: [{ id: trigger, version: triggerVersion }],
    deployed: true,
  };
}

/** Where the code of an Action lies in the directory, with slashes on every system. */
export function codePath(name: string): string {
  return `actions/${name}/code.js`;
}
