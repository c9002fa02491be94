import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsCommandOutput,
} from '@aws-sdk/client-eventbridge';
import { RetryableError } from '../connector';
import type { BusEvent, PutEvent } from '../transport';
import { errorOfEntry, errorOfFailure } from './error-of-bus';

/** Puts events on buses, one a call. Every answer that is no success becomes an error of the port. */
export function createPutEvent(client: Pick<EventBridgeClient, 'send'>, timeoutMs: number): PutEvent {
  return async (event) => {
    const abortSignal = AbortSignal.timeout(timeoutMs);
    const answer = await client.send(commandOf(event), { abortSignal }).catch((error) => {
      throw abortSignal.aborted ? new RetryableError('remote-timeout') : errorOfFailure(error);
    });
    throwUnlessTaken(answer);
  };
}

function commandOf({ bus, source, type, time, detail }: BusEvent): PutEventsCommand {
  return new PutEventsCommand({
    Entries: [
      {
        ...{ EventBusName: bus, Source: source, DetailType: type, Time: new Date(time) },
        Detail: JSON.stringify(detail),
      },
    ],
  });
}

// HTTP says 200 also of an entry that was not taken.
function throwUnlessTaken({ Entries: [entry, ...others] = [] }: Partial<PutEventsCommandOutput>): void {
  if (entry?.ErrorCode !== undefined) throw errorOfEntry(entry.ErrorCode);
  if (entry?.EventId === undefined || others.length > 0) throw new RetryableError('remote-invalid-answer');
}
