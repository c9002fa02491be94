import { randomUUID } from 'node:crypto';
import { REQUEST, registrationEvent, type Tenant, TRANSACTION } from './registration-event';
import type { SampleUser } from './sample-user';

/** How somebody, or a program in their name, comes in. */
export const WAYS_IN = ['browser', 'silent', 'refresh', 'password'] as const;
export type WayIn = (typeof WAYS_IN)[number];

/**
 * What Auth0 hands to a post-login Action: the documented fields that tell the ways in apart.
 * @see https://auth0.com/docs/actions/reference/post-login/post-login-event-object
 */
export function loginEvent(user: SampleUser, tenant: Tenant, at: number, way: WayIn): object {
  const { request, transaction } = requestOf(way);
  return {
    ...registrationEvent(user, tenant, at),
    authentication: { methods: [{ name: 'federated', timestamp: new Date(at).toISOString() }] },
    client: { client_id: 'local', name: 'A local application', metadata: {} },
    request: { ...REQUEST, query: {}, body: {}, ...request },
    transaction: { ...TRANSACTION, ...transaction },
  };
}

function requestOf(way: WayIn) {
  switch (way) {
    case 'browser':
      return { request: { query: { response_type: 'code' } }, transaction: { id: randomUUID() } };
    case 'silent':
      return {
        request: { query: { response_type: 'code', prompt: 'none' } },
        transaction: { id: randomUUID(), prompt: ['none'] },
      };
    case 'refresh':
      return {
        request: { body: { grant_type: 'refresh_token' } },
        transaction: { protocol: 'oauth2-refresh-token' },
      };
    case 'password':
      return {
        request: { body: { grant_type: 'password' } },
        transaction: { protocol: 'oauth2-password' },
      };
  }
}
