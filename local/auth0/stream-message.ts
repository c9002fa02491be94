import { randomBytes } from 'node:crypto';
import type { UserChange } from './tenant-users';

const ID_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 22;

/**
 * What Auth0 hands to the Action behind a stream: a CloudEvent, with no more than is documented of it there. Other
 * destinations get `a0tenant` and `a0stream` besides.
 *
 * @param domain such as `punctual-dev.eu.auth0.com`
 * @see https://auth0.com/docs/actions/reference/event-stream/event-stream-event-object
 */
export function streamMessage(change: UserChange, domain: string): object {
  const { type, object, previous, at } = change;
  return {
    specversion: '1.0',
    type,
    source: `urn:auth0:${domain}`,
    id: `evt_${randomId()}`,
    time: new Date(at).toISOString(),
    data: { object, ...(previous === undefined ? {} : { previous_object: previous }), context: CONTEXT },
  };
}

const CONTEXT = { request: { ip: '203.0.113.7', method: 'PATCH', user_agent: 'Mozilla/5.0' } };

function randomId(): string {
  return [...randomBytes(ID_LENGTH)].map((byte) => ID_CHARACTERS[byte % ID_CHARACTERS.length]).join('');
}
