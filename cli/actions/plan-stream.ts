import type { StreamDefinition } from '../../auth0-actions/actions';
import type { TenantStream } from './tenant';

/** In what a stream is not as it is to be. */
export type StreamDifference = 'switched off' | 'events';

export interface StreamPlan {
  readonly wanted: StreamDefinition;
  readonly found?: TenantStream;
  /** `foreign`: a stream of this name hands its events to somebody else. */
  readonly step: 'create' | 'update' | 'none' | 'foreign';
  readonly differences: readonly StreamDifference[];
}

/** Ours is what hands its events to our Action, whatever it is called. */
export function oursAmong(streams: readonly TenantStream[], actionId: string | undefined): TenantStream[] {
  return streams.filter((stream) => stream.actionId !== undefined && stream.actionId === actionId);
}

/** What is to become of the stream of an Action; `actionId` is undefined for one that is still to be created. */
export function planStream(
  wanted: StreamDefinition,
  streams: readonly TenantStream[],
  actionId: string | undefined,
): StreamPlan {
  const [found] = oursAmong(streams, actionId);
  if (found !== undefined) {
    const differences = differencesOf(wanted, found);
    return { wanted, found, step: differences.length > 0 ? 'update' : 'none', differences };
  }
  const namesake = streams.find(({ name }) => name === wanted.name);
  if (namesake !== undefined) return { wanted, found: namesake, step: 'foreign', differences: [] };
  return { wanted, step: 'create', differences: [] };
}

function differencesOf(wanted: StreamDefinition, found: TenantStream): StreamDifference[] {
  const isMissing = wanted.eventTypes.some((type) => !found.eventTypes.includes(type));
  return [...(found.isOn ? [] : (['switched off'] as const)), ...(isMissing ? (['events'] as const) : [])];
}
