import { CONFIGURED } from '../configured-settings';
import { readDestination } from '../emit/destination';
import { type Emission, emit } from '../emit/emit';
import { runLoudly } from '../emit/run-loudly';
import type { EventStreamEvent } from '../types';
import { userChange } from './user-change';

/**
 * Handler of the Auth0 trigger `event-stream`, to which a stream hands each change of a user. Throws unless the API
 * took the event: Auth0 then tries again, four times in all within about seven seconds.
 */
export async function onExecuteEventStream(event: EventStreamEvent): Promise<void> {
  await runLoudly('event-stream', () => emitChange(event), {
    log: (line) => console.log(line),
    now: () => Date.now(),
  });
}

async function emitChange(event: EventStreamEvent): Promise<Emission> {
  const change = userChange(event, CONFIGURED.attributes);
  if (typeof change === 'string') return { code: change };
  const deps = { fetch: globalThis.fetch, now: Date.now };
  return emit(change, readDestination(event), deps);
}
