import { toBody } from '../../events/build-event';
import type { UserEvent } from '../../events/event-schema';
import { sign } from '../../events/signature';
import type { Destination } from './destination';
import { type EmitCode, NotEmitted } from './emit-codes';
import { type Fetch, postEvent } from './post-event';

export interface EmitDeps {
  readonly fetch: Fetch | undefined;
  /** Epoch ms. */
  readonly now: () => number;
  /** For all of it. @default that of an Action */
  readonly budgetMs?: number;
}

/** How emitting ended: a code, an event id and numbers, nothing about the person. */
export interface Emission {
  readonly code: EmitCode;
  readonly eventId?: string;
  readonly status?: number;
  readonly attempts?: number;
}

/** Signs and sends `event`. Throws {@link NotEmitted} or, from a hostile runtime, anything. */
export async function emit(
  event: UserEvent,
  to: Destination,
  { fetch, now, budgetMs }: EmitDeps,
): Promise<Emission> {
  if (typeof fetch !== 'function') throw new NotEmitted('no-fetch');
  const body = toBody(event);
  const timestampSeconds = Math.floor(now() / 1000);
  const signature = await sign(to.signingSecret, { id: event.id, timestampSeconds, body });
  const headers = { 'content-type': 'application/json', 'x-api-key': to.apiKey, ...signature };
  return { eventId: event.id, ...(await postEvent(fetch, { url: to.url, headers, body }, budgetMs)) };
}
