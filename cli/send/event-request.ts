import { toBody } from '../../events/build-event';
import type { UserEvent } from '../../events/event-schema';
import { sign } from '../../events/signature';

/** Where events go, and what opens the door. */
export interface Destination {
  /** With its trailing slash. */
  readonly url: string;
  readonly apiKey: string;
  /** `whsec_` + base64. */
  readonly signingSecret: string;
}

export interface EventRequest {
  readonly url: string;
  readonly init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body?: string;
  };
}

/** A signed POST of the event. */
export async function postRequest(event: UserEvent, to: Destination, now: number): Promise<EventRequest> {
  const body = toBody(event);
  const headers = { ...(await signedHeaders(event.id, body, to, now)), 'content-type': 'application/json' };
  return { url: new URL('events', to.url).href, init: { method: 'POST', headers, body } };
}

/** The same user through the plain interface, which knows nothing but the user. */
export async function plainRequest(event: UserEvent, to: Destination, now: number): Promise<EventRequest> {
  const message = JSON.stringify(event.data.user);
  const url = new URL('store', to.url);
  url.search = `message=${encodeURIComponent(message)}`;
  return { url: url.href, init: { method: 'GET', headers: await signedHeaders(event.id, message, to, now) } };
}

async function signedHeaders(
  id: string,
  body: string,
  { apiKey, signingSecret }: Destination,
  now: number,
): Promise<Record<string, string>> {
  const content = { id, timestampSeconds: Math.floor(now / 1000), body };
  return { ...(await sign(signingSecret, content)), 'x-api-key': apiKey };
}
