import { randomBytes } from 'node:crypto';
import type { UserChange } from './tenant-users';

export interface StreamNames {
  /** Such as `punctual-dev.eu.auth0.com`. */
  readonly domain: string;
  readonly streamId: string;
}

const ID_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 22;

/**
 * What Auth0 hands to the Action behind a stream: a CloudEvent.
 * @see https://auth0.com/docs/customize/events
 */
export function streamMessage(change: UserChange, { domain, streamId }: StreamNames): object {
  const { type, object, previous, at } = change;
  return {
    specversion: '1.0',
    type,
    source: `urn:auth0:${domain}`,
    id: `evt_${randomId()}`,
    time: new Date(at).toISOString(),
    data: { object, ...(previous === undefined ? {} : { previous_object: previous }), context: CONTEXT },
    a0tenant: domain.split('.')[0],
    a0stream: streamId,
  };
}

const CONTEXT = { request: { ip: '203.0.113.7', method: 'PATCH', user_agent: 'Mozilla/5.0' } };

function randomId(): string {
  return [...randomBytes(ID_LENGTH)].map((byte) => ID_CHARACTERS[byte % ID_CHARACTERS.length]).join('');
}
