import { ApiError } from './api-error';
import { showStream } from './event-streams';
import { checkpointOf } from './paging';
import { readBody } from './request-bodies';
import type { Route } from './routes';
import { deployedVersion } from './stored-action';
import { CREATE_STREAM, type NewStream, UPDATE_STREAM } from './stream-bodies';
import type { Tenant } from './tenant';

/** The trigger of an Action that a stream may have as its destination. */
const TRIGGER = 'event-stream';
const STREAM = '/event-streams/{id}';

/** @see https://auth0.com/docs/api/management/v2/event-streams */
export const STREAM_ROUTES: readonly Route[] = [
  {
    route: 'GET /event-streams',
    scope: 'read:event_streams',
    act: (tenant, { query }) => checkpointOf('eventStreams', streamsOf(tenant).list().map(showStream), query),
  },
  {
    route: 'POST /event-streams',
    scope: 'create:event_streams',
    status: 201,
    act: (tenant, { body }) => {
      const stream = readBody(CREATE_STREAM, body);
      refuseDestination(tenant, stream);
      return showStream(streamsOf(tenant).create(stream));
    },
  },
  {
    route: `GET ${STREAM}`,
    scope: 'read:event_streams',
    act: (tenant, { path }) => showStream(streamsOf(tenant).get(path.id ?? '')),
  },
  {
    route: `PATCH ${STREAM}`,
    scope: 'update:event_streams',
    act: (tenant, { path, body }) =>
      showStream(streamsOf(tenant).update(path.id ?? '', readBody(UPDATE_STREAM, body))),
  },
  {
    route: `DELETE ${STREAM}`,
    scope: 'delete:event_streams',
    status: 204,
    act: (tenant, { path }) => {
      streamsOf(tenant).remove(path.id ?? '');
      return undefined;
    },
  },
];

function streamsOf({ streams, triggers }: Tenant) {
  if (triggers.some(({ id }) => id === TRIGGER)) return streams;
  throw new ApiError(403, 'The tenant does not have event streams.', 'feature_not_enabled');
}

/** Only an Action that is there and deployed for this trigger can be handed events. */
function refuseDestination(tenant: Tenant, { destination }: NewStream): void {
  if (destination.type !== 'action') return;
  const { action_id: id } = destination.configuration;
  const action = tenant.list().find((one) => one.id === id);
  if (action === undefined) throw new ApiError(400, `There is no action ${id}.`, 'invalid_body');
  if (action.draft.trigger.id === TRIGGER && deployedVersion(action) !== undefined) return;
  throw new ApiError(400, `The action ${id} is not one of ${TRIGGER} that is deployed.`, 'invalid_body');
}
