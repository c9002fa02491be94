import { ActionsClient } from 'auth0/actions';
import { createManagementAuth, type Management } from 'auth0/management';
import { CliError } from '../cli-error';
import { all } from './all';
import { type Asking, createAuth0Streams } from './auth0-streams';
import { createAuth0Users } from './auth0-users';
import { explainTenantError } from './explain-tenant-error';
import type { ActionContent, Binding, NewContent, Tenant, TenantAction, TenantTrigger } from './tenant';

export interface TenantOptions {
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Reaches the tenant at `https://<domain>`, with patience for its rate limit. */
  readonly fetch: typeof globalThis.fetch;
  /** What must never be said, whatever Auth0 answers. */
  readonly hide: readonly string[];
}

type TriggerId = Management.ActionTriggerTypeEnum;

/** Longer than our own patience with a rate limit, which passes inside a call. */
const TIMEOUT_SECONDS = 120;

/** The tenant behind Auth0's own SDK. */
export function createAuth0Tenant({ domain, clientId, clientSecret, fetch, hide }: TenantOptions): Tenant {
  // The SDK would try a create again whose outcome is unknown; our fetch tries again what may be.
  const settings = { maxRetries: 0, timeoutInSeconds: TIMEOUT_SECONDS, telemetry: false };
  const auth = createManagementAuth({ domain, clientId, clientSecret, fetch, ...settings });
  const options = { ...auth.clientOptions, fetch };
  const client = new ActionsClient(options);
  const asking: Asking = (what, call) =>
    call.catch((error) => {
      throw explainTenantError(error, { domain, what, hide: [clientSecret, ...hide] });
    });
  return {
    domain,
    ...createAuth0Streams(options, asking),
    ...createAuth0Users(options, asking),
    triggers: async () => {
      const { triggers = [] } = await asking('read the triggers', client.triggers.list());
      return triggers.map(toTrigger);
    },
    actionNamed: async (name) => {
      const found = await asking('read the Actions', all(client.list({ actionName: name, per_page: 100 })));
      const action = found.find((one) => one.name === name);
      return action && toAction(action);
    },
    action: async (id) => toAction(await asking('read an Action', client.get(id))),
    create: async (name, content) =>
      toAction(await asking('create an Action', client.create({ name, ...toRequest(content) }))),
    update: async (id, content) =>
      toAction(await asking('change an Action', client.update(id, toRequest(content)))),
    deploy: async (id) => (await asking('deploy an Action', client.deploy(id))).number ?? 0,
    remove: async (id) => void (await asking('delete an Action', client.delete(id))),
    bindings: async (triggerId) => {
      const listing = client.triggers.bindings.list(triggerId as TriggerId, { per_page: 50 });
      return (await asking('read the bindings', all(listing))).map(toBinding);
    },
    bind: async (triggerId, bindings) => {
      const request = { bindings: bindings.map(toReference) };
      const updating = client.triggers.bindings.updateMany(triggerId as TriggerId, request);
      await asking('change the bindings', updating);
    },
  };
}

function toTrigger({ id, version = '', status, runtimes = [] }: Management.ActionTrigger): TenantTrigger {
  return { id, version, isCurrent: status?.toUpperCase() === 'CURRENT', runtimes };
}

function toAction(action: Management.Action): TenantAction {
  const { id = '', name = '', status = 'unknown', deployed_version: version } = action;
  const isDeployed = version?.deployed === true;
  const draft = toContent(action);
  return {
    ...{ id, name, status, draft },
    ...(isDeployed ? { deployed: { ...toContent(version), number: version.number ?? 0 } } : {}),
  };
}

type Shown = Pick<
  Management.ActionVersion,
  'code' | 'runtime' | 'dependencies' | 'secrets' | 'supported_triggers'
>;

function toContent(shown: Shown): ActionContent {
  const {
    code = '',
    runtime = '',
    dependencies = [],
    secrets = [],
    supported_triggers: triggers = [],
  } = shown;
  const { id = '', version = '' } = triggers[0] ?? {};
  return {
    ...{ code, runtime, trigger: { id, version } },
    dependencies: dependencies.map((one) => `${one.name}@${one.version}`),
    secrets: secrets.map((secret) => ({ name: secret.name ?? '', updatedAt: secret.updated_at ?? '' })),
  };
}

function toRequest({ code, runtime, trigger, secrets }: NewContent) {
  const supported = { id: trigger.id as TriggerId, version: trigger.version };
  return { code, runtime, dependencies: [], secrets: [...secrets], supported_triggers: [supported] };
}

function toBinding({ id = '', display_name: displayName = '', action }: Management.ActionBinding): Binding {
  if (action?.id !== undefined) return { id, displayName, actionId: action.id };
  throw new CliError('auth0-refused', `Auth0 shows a binding without its Action: ${displayName}`);
}

// A reference to the binding keeps it as it is. When somebody else's change made it another one meanwhile, Auth0
// refuses the list, where a reference to its Action would write over that change.
function toReference({ id, actionId, displayName }: Binding): Management.ActionBindingWithRef {
  const ref = id === undefined ? { type: 'action_id', value: actionId } : { type: 'binding_id', value: id };
  return { ref: ref as Management.ActionBindingRef, display_name: displayName };
}
