import { EventStreamsClient } from 'auth0/eventStreams';
import type { Management } from 'auth0/management';
import { all } from './all';
import type { Tenant, TenantStream } from './tenant';

export type StreamCalls = Pick<Tenant, 'streams' | 'createStream' | 'switchOn' | 'removeStream'>;

/** Gives what the call gives; its errors in our words. */
export type Asking = <T>(what: string, call: Promise<T>) => Promise<T>;

/** Event streams of the tenant behind Auth0's own SDK. */
export function createAuth0Streams(
  options: ConstructorParameters<typeof EventStreamsClient>[0],
  asking: Asking,
): StreamCalls {
  const client = new EventStreamsClient(options);
  const list = () => all(client.list({ take: 100 })).catch(noneWhereNotOffered);
  return {
    streams: async () => (await asking('read the event streams', list()))?.map(toStream),
    createStream: async ({ name, eventTypes, actionId }) => {
      const destination = { type: 'action' as const, configuration: { action_id: actionId } };
      const request = { name, destination, subscriptions: toSubscriptions(eventTypes), status: 'enabled' };
      const creating = client.create(request as Management.CreateEventStreamActionRequestContent);
      await asking('create an event stream', creating);
    },
    switchOn: async (id, eventTypes) => {
      const request = { subscriptions: toSubscriptions(eventTypes), status: 'enabled' as const };
      await asking('change an event stream', client.update(id, request));
    },
    removeStream: async (id) => void (await asking('delete an event stream', client.delete(id))),
  };
}

/** A tenant without them refuses every call about them, for another reason than a scope. */
function noneWhereNotOffered(error: unknown): undefined {
  const { statusCode, body } = (error ?? {}) as { statusCode?: number; body?: { errorCode?: unknown } };
  const isScope = body?.errorCode === 'insufficient_scope';
  if (statusCode === 404 || (statusCode === 403 && !isScope)) return undefined;
  throw error;
}

function toStream(stream: Management.EventStreamResponseContent): TenantStream {
  const { id = '', name = '', status, subscriptions = [], destination } = stream;
  const actionId = destination?.type === 'action' ? destination.configuration.action_id : undefined;
  return {
    ...{ id, name, isOn: status !== 'disabled' },
    eventTypes: subscriptions.map(({ event_type: type = '' }) => type),
    ...(actionId === undefined ? {} : { actionId }),
  };
}

function toSubscriptions(eventTypes: readonly string[]): { event_type: string }[] {
  return eventTypes.map((event_type) => ({ event_type }));
}
