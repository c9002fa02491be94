import { ApiError } from './api-error';
import { pageOf } from './paging';
import { CREATE_ACTION, readBody, UPDATE_ACTION, UPDATE_BINDINGS } from './request-bodies';
import { deployedVersion, showAction, showBoundAction, showHead, showVersion } from './stored-action';
import { STREAM_ROUTES } from './stream-routes';
import type { Tenant } from './tenant';
import type { Binding } from './trigger-bindings';
import { USER_ROUTES } from './user-routes';

export interface ApiRequest {
  /** The parts of the path in braces. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface Route {
  /** Method and path below `/api/v2`. */
  readonly route: string;
  /** All of them, where it is a list: Auth0 does not say of which of its own one is enough. */
  readonly scope: string | readonly string[];
  /** @default 200 */
  readonly status?: number;
  readonly act: (tenant: Tenant, request: ApiRequest) => object | undefined | Promise<object>;
}

const ACTION = '/actions/actions/{id}';

export const ROUTES: readonly Route[] = [
  ...STREAM_ROUTES,
  ...USER_ROUTES,
  {
    route: 'GET /actions/triggers',
    scope: 'read:actions',
    act: ({ triggers }) => ({ triggers }),
  },
  { route: 'GET /actions/actions', scope: 'read:actions', act: listActions },
  {
    route: 'POST /actions/actions',
    scope: 'create:actions',
    status: 201,
    act: (tenant, { body }) => showAction(tenant.create(readBody(CREATE_ACTION, body))),
  },
  {
    route: `GET ${ACTION}`,
    scope: 'read:actions',
    act: (tenant, { path }) => showAction(tenant.look(path.id ?? '')),
  },
  {
    route: `PATCH ${ACTION}`,
    scope: 'update:actions',
    act: (tenant, { path, body }) => showAction(tenant.update(path.id ?? '', readBody(UPDATE_ACTION, body))),
  },
  {
    route: `DELETE ${ACTION}`,
    scope: 'delete:actions',
    status: 204,
    act: (tenant, { path, query }) => {
      tenant.remove(path.id ?? '', query.get('force') === 'true');
      return undefined;
    },
  },
  {
    route: `POST ${ACTION}/deploy`,
    scope: 'create:actions',
    status: 202,
    act: (tenant, { path }) => deploy(tenant, path.id ?? ''),
  },
  { route: `GET ${ACTION}/versions`, scope: 'read:actions', act: listVersions },
  { route: `GET ${ACTION}/versions/{version}`, scope: 'read:actions', act: readVersion },
  {
    route: 'GET /actions/triggers/{trigger}/bindings',
    scope: 'read:actions',
    act: (tenant, { path, query }) =>
      pageOf(
        'bindings',
        tenant.bindingsOf(path.trigger ?? '').map(showBinding(tenant, path.trigger ?? '')),
        query,
      ),
  },
  {
    route: 'PATCH /actions/triggers/{trigger}/bindings',
    scope: 'update:actions',
    act: (tenant, { path: { trigger = '' }, body }) => {
      const { bindings } = readBody(UPDATE_BINDINGS, body);
      return { bindings: tenant.bind(trigger, bindings).map(showBinding(tenant, trigger)) };
    },
  },
];

function listActions(tenant: Tenant, { query }: ApiRequest): object {
  const [trigger, name, deployed] = ['triggerId', 'actionName', 'deployed'].map((key) => query.get(key));
  const found = tenant
    .list()
    .filter((action) => trigger === null || action.draft.trigger.id === trigger)
    .filter((action) => name === null || action.name === name)
    .filter((action) => deployed !== 'true' || deployedVersion(action) !== undefined)
    // Those of the marketplace; the stand-in has none.
    .filter(() => query.get('installed') !== 'true');
  return pageOf('actions', found.map(showAction), query);
}

function deploy(tenant: Tenant, id: string): object {
  const version = tenant.deploy(id);
  return { ...showVersion(version), action: { ...showHead(tenant.action(id)), all_changes_deployed: false } };
}

function listVersions(tenant: Tenant, { path, query }: ApiRequest): object {
  return pageOf(
    'versions',
    tenant
      .look(path.id ?? '')
      .versions.toReversed()
      .map(showVersion),
    query,
  );
}

function readVersion(tenant: Tenant, { path }: ApiRequest): object {
  const found = tenant.look(path.id ?? '').versions.find(({ id }) => id === path.version);
  if (found === undefined) throw new ApiError(404, 'The action version does not exist.');
  return showVersion(found);
}

function showBinding(tenant: Tenant, triggerId: string): (binding: Binding) => object {
  return ({ id, actionId, displayName, createdAt }) => ({
    ...{ id, trigger_id: triggerId, display_name: displayName },
    action: showBoundAction(tenant.action(actionId)),
    ...{ created_at: createdAt, updated_at: createdAt },
  });
}
