import { randomBytes } from 'node:crypto';
import { ApiError } from './api-error';
import type { NewStream, StreamChanges } from './stream-bodies';
import { TENANT_LIMITS as LIMITS } from './tenant-limits';

export interface StoredStream {
  readonly id: string;
  readonly name: string;
  readonly eventTypes: readonly string[];
  readonly destination: NewStream['destination'];
  readonly status: 'enabled' | 'disabled';
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The event streams of a tenant, and Auth0's rules for them. */
export class EventStreams {
  private readonly streams = new Map<string, StoredStream>();

  constructor(private readonly now: () => number) {}

  list(): StoredStream[] {
    return [...this.streams.values()];
  }

  get(id: string): StoredStream {
    const stream = this.streams.get(id);
    if (stream !== undefined) return stream;
    throw new ApiError(404, 'The event stream does not exist.', 'inexistent_event_stream');
  }

  create({ name = '', destination, status = 'enabled', subscriptions }: NewStream): StoredStream {
    if (this.streams.size >= LIMITS.eventStreams) {
      throw new ApiError(403, `A tenant takes ${LIMITS.eventStreams} event streams.`, 'too_many_entities');
    }
    const [id, time] = [`est_${randomBytes(11).toString('hex')}`, this.time()];
    const times = { createdAt: time, updatedAt: time };
    return this.put({ id, name, destination, status, eventTypes: typesOf(subscriptions), ...times });
  }

  update(id: string, { name, destination, status, subscriptions }: StreamChanges): StoredStream {
    const stream = this.get(id);
    refuseMoved(stream, destination);
    return this.put({
      ...stream,
      name: name ?? stream.name,
      destination: destination ?? stream.destination,
      status: status ?? stream.status,
      eventTypes: subscriptions === undefined ? stream.eventTypes : typesOf(subscriptions),
      updatedAt: this.time(),
    });
  }

  remove(id: string): void {
    this.get(id);
    this.streams.delete(id);
  }

  /** Those that hand their events to this Action. */
  towards(actionId: string): StoredStream[] {
    return this.list().filter(
      ({ destination }) => destination.type === 'action' && destination.configuration.action_id === actionId,
    );
  }

  private put(stream: StoredStream): StoredStream {
    this.streams.set(stream.id, stream);
    return stream;
  }

  private time(): string {
    return new Date(this.now()).toISOString();
  }
}

/** The stream as Auth0 shows it; what a webhook authenticates with is never in it. */
export function showStream({ id, name, eventTypes, destination, status, ...times }: StoredStream): object {
  return {
    ...{ id, name, status, destination: showDestination(destination) },
    subscriptions: eventTypes.map((event_type) => ({ event_type })),
    ...{ created_at: times.createdAt, updated_at: times.updatedAt },
  };
}

function showDestination(destination: StoredStream['destination']): object {
  if (destination.type !== 'webhook') return destination;
  const { webhook_endpoint, webhook_authorization } = destination.configuration;
  const { method } = webhook_authorization;
  return { type: 'webhook', configuration: { webhook_endpoint, webhook_authorization: { method } } };
}

// Auth0's own deploy CLI says so, and never sends it.
function refuseMoved(stream: StoredStream, destination: StreamChanges['destination']): void {
  if (destination === undefined || stream.destination.type === 'webhook') return;
  const words = `The destination of a stream of type ${stream.destination.type} cannot be changed.`;
  throw new ApiError(400, words, 'invalid_body');
}

function typesOf(subscriptions: NewStream['subscriptions'] = []): string[] {
  return subscriptions.map(({ event_type }) => event_type);
}
